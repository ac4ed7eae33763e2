-- Each request is the next line of the thread's own file: a token; all send the body and the key given.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
function init(args)
  requests, sent = {}, 0
  local line_number = 0
  for line in io.lines(args[1]) do
    if line_number % 2 == number then
      requests[#requests + 1] = "POST /api/v1/orders/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        .. "Content-Type: application/json\r\nAuthorization: Bearer " .. line
        .. "\r\nIdempotency-Key: " .. args[3] .. "\r\nContent-Length: " .. #args[2] .. "\r\n\r\n" .. args[2]
    end
    line_number = line_number + 1
  end
end
function request()
  sent = sent + 1
  if sent > #requests then
    wrk.thread:stop()
    sent = #requests
  end
  return requests[sent]
end
function done(summary, latency, _)
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    summary.errors.status, summary.errors.connect + summary.errors.read
      + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
