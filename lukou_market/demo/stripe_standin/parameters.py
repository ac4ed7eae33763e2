"""The parameters each call takes; whatever is not named here is refused."""

from .validate import Group, Integer, Many, Metadata, Moments, Rule, Text, Url

METHODS = ("alipay", "wechat_pay", "card")
LOCALES = ("auto", "zh", "zh-HK", "zh-TW", "en", "en-GB")

_EXPAND: dict[str, Rule] = {"expand": Many(Text(), most=20)}
_ID = Text(longest=255)

_LINE_ITEM = Group(
    {
        "price_data": Group(
            {
                "currency": Text(required=True, choices=("cny",)),
                "unit_amount": Integer(required=True),
                "product_data": Group(
                    {"name": Text(required=True, longest=250), "description": Text()},
                    required=True,
                ),
            },
            required=True,
        ),
        "quantity": Integer(least=1, most=999_999),
    }
)
_WECHAT = Group({"client": Text(required=True, choices=("web",))})

RETRIEVE = Group(_EXPAND)

CREATE_SESSION = Group(
    {
        "mode": Text(required=True, choices=("payment",)),
        "line_items": Many(_LINE_ITEM, required=True),
        "currency": Text(choices=("cny",)),
        "allowed_payment_method_types": Many(Text(choices=METHODS)),
        "payment_method_options": Group({"wechat_pay": _WECHAT}),
        "success_url": Url(required=True),
        "cancel_url": Url(),
        "client_reference_id": Text(longest=200),
        "metadata": Metadata(),
        "expires_at": Integer(),
        "payment_intent_data": Group({"metadata": Metadata(), "description": Text(longest=1000)}),
        "locale": Text(choices=LOCALES),
        **_EXPAND,
    }
)

CREATE_REFUND = Group(
    {
        "payment_intent": _ID,
        "charge": _ID,
        "amount": Integer(least=1),
        "metadata": Metadata(),
        "reason": Text(choices=("duplicate", "fraudulent", "requested_by_customer")),
        **_EXPAND,
    }
)


def listing(*filters: str) -> Group:
    """A list's parameters: cursors, limit, created and these filters."""
    cursors: dict[str, Rule] = {"starting_after": _ID, "ending_before": _ID}
    bounds: dict[str, Rule] = {"limit": Integer(least=1, most=100), "created": Moments()}
    return Group({**dict.fromkeys(filters, _ID), **cursors, **bounds, **_EXPAND})
