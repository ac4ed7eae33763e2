-- An order's number: the day it was placed in China, and its id. Both are plain SQL, so that
-- PostgreSQL writes the expression into `place_orders` instead of calling a function for each row.
CREATE FUNCTION order_day(placed timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(placed AT TIME ZONE 'Asia/Shanghai', 'YYMMDD');

CREATE FUNCTION order_number(day text, order_id bigint) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN day || lpad(order_id::text, greatest(8, length(order_id::text)), '0');
