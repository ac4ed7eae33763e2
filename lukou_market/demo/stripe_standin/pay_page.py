"""The payment page: what a buyer sees at a session's url, and what its buttons do."""

from html import escape
from http import HTTPStatus

from .account import Account
from .api import Answer
from .checkout import current_session, decline_payment, pay_session
from .errors import ApiError
from .form import decode
from .store import Json

_BUTTONS = {
    "alipay": "支付宝 Alipay",
    "wechat_pay": "微信支付 WeChat Pay",
    "card": "银行卡 Card",
}
_STYLE = """
*{box-sizing:border-box}
body{margin:0;background:#f3f4f6;color:#1f2937;
font:17px/1.5 system-ui,"Noto Sans CJK SC",sans-serif}
main{max-width:26rem;margin:0 auto;padding:1.5rem 1rem}
header{font-size:.9rem;color:#4b5563;text-align:center}
.amount{margin:.5rem 0 1rem;font-size:2.75rem;font-weight:700;text-align:center}
ul{list-style:none;margin:0 0 1.25rem;padding:.25rem 1rem;background:#fff;border-radius:.75rem}
li{display:flex;justify-content:space-between;gap:1rem;padding:.6rem 0}
li+li{border-top:1px solid #e5e7eb}
li span:last-child{white-space:nowrap}
button{display:block;width:100%;min-height:3.25rem;margin:.65rem 0;border:0;border-radius:.75rem;
color:#fff;background:#374151;font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
#alipay{background:#0958d9}#wechat_pay{background:#087a3c}
#decline,#cancel{color:#374151;background:#fff;border:1px solid #9ca3af}
.notice{padding:.75rem 1rem;border-radius:.75rem;background:#fee2e2;color:#7f1d1d}
footer{margin-top:1.5rem;font-size:.8rem;color:#6b7280;text-align:center}
"""


def show(account: Account, session_id: str) -> Answer:
    """GET /pay/{id}."""
    try:
        with account.change():
            return _page_for(account, current_session(account, session_id))
    except ApiError as error:
        return _message(error.status, "没有这笔付款", "There is no such payment.")


def press(account: Account, session_id: str, form: str) -> Answer:
    """POST /pay/{id} with method=alipay | wechat_pay | card | decline | cancel, perhaps payer."""
    try:
        with account.change():
            fields = decode(form)
            pressed, payer = fields.get("method"), str(fields.get("payer") or "")
            return _pressed(account, current_session(account, session_id), pressed, payer)
    except ApiError as error:
        return _message(error.status, "没有这笔付款", "There is no such payment.")


def _pressed(account: Account, session: Json, method: object, payer: str) -> Answer:
    if session["status"] != "open":
        return _page_for(account, session)
    if method == "cancel":
        if session["cancel_url"] is None:
            return _page_for(account, session)
        return _redirect(session["cancel_url"])
    if method == "decline":
        return _page_for(account, decline_payment(account, session), declined=True)
    if method not in session["payment_method_types"]:
        return _message(400, "不支持的付款方式", "This way to pay is not offered.")
    return _page_for(account, pay_session(account, session, str(method), payer))


def _page_for(account: Account, session: Json, *, declined: bool = False) -> Answer:
    if session["status"] == "complete":
        return _redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]))
    if session["status"] == "expired":
        return _message(410, "付款链接已过期", "This payment link has expired.")
    items = account.store.get("standin.basket", session["id"]) or {}
    return _payment(session, items["items"], declined=declined)


def _payment(session: Json, items: list[Json], *, declined: bool) -> Answer:
    notice = (
        '<p class="notice" role="alert">付款失败,请重试 · Payment declined, please try again</p>'
        if declined
        else ""
    )
    rows = "".join(
        f"<li><span>{escape(item['price_data']['product_data']['name'])}"
        f" × {item.get('quantity', 1)}</span>"
        f"<span>{_yuan(item['price_data']['unit_amount'] * item.get('quantity', 1))}</span></li>"
        for item in items
    )
    methods = [method for method in _BUTTONS if method in session["payment_method_types"]]
    buttons = [_button(method, _BUTTONS[method]) for method in methods]
    buttons += [_button("decline", "付款失败 decline"), _button("cancel", "取消 cancel")]
    return _html(
        200 if not declined else HTTPStatus.PAYMENT_REQUIRED,
        f'<header>付款 · Payment</header><p class="amount">{_yuan(session["amount_total"])}</p>'
        f'{notice}<ul>{rows}</ul><form method="post">{"".join(buttons)}</form>'
        "<footer>本机演示付款,不会真的扣钱<br>Local demonstration: no real money moves</footer>",
    )


def _button(method: str, label: str) -> str:
    return f'<button id="{method}" name="method" value="{method}">{label}</button>'


def _message(status: int, chinese: str, english: str) -> Answer:
    return _html(status, f'<p class="notice" role="alert">{chinese}<br>{english}</p>')


def _redirect(url: str) -> Answer:
    return Answer(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Location": url})


def _html(status: int, body: str) -> Answer:
    page = (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>付款 · Payment</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )
    headers = {"Cache-Control": "no-store"}
    return Answer(status, page.encode(), "text/html; charset=utf-8", headers)


def _yuan(fen: int) -> str:
    return f"¥{fen // 100:,}.{fen % 100:02d}"
