"""The HTTP server, and `StandIn`, which runs it inside a process of your own."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import urlencode, urlsplit

from . import pay_page
from .account import Account
from .api import Answer, Api, Call, json_answer
from .checkout import expire_due_sessions
from .control import control
from .errors import ApiError
from .store import Json, Store
from .webhooks import Sender

# What the stand-in takes when it is told nothing; they open nothing but itself.
API_KEY = "sk_test_standin"
WEBHOOK_SECRET = "whsec_standin"  # noqa: S105

EXPIRY_CHECK_S = 1.0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    account: Account
    api: Api

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, _Handler)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Close the connections kept alive, which would go on serving a stopped account."""
        for connection in list(self._open):
            self.shutdown_request(connection)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "StripeStandIn"
    disable_nagle_algorithm = True
    wbufsize = -1  # one write per answer
    timeout = 120

    def do_GET(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the shop's own logs show what it asked for."""

    def _reply(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            answer = self._answer(body)
        except Exception:
            failure = ApiError(500, "The stand-in failed.", kind="api_error")
            self._write(json_answer(500, failure.body))
            raise
        self._write(answer)

    def _answer(self, body: bytes) -> Answer:
        server = cast(_Server, self.server)
        url = urlsplit(self.path)
        form = url.query if self.command == "GET" else body.decode(errors="replace")
        if url.path.startswith("/pay/"):
            session_id = url.path.removeprefix("/pay/")
            if self.command == "GET":
                return pay_page.show(server.account, session_id)
            return pay_page.press(server.account, session_id, form)
        if url.path.startswith("/_standin/"):
            return control(server.account, self.command, url.path, body)
        headers = cast("dict[str, str]", self.headers)
        return server.api.answer(Call(self.command, url.path, form, headers))

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)


class StandIn:
    """A stand-in served from threads of this process until `stop` (or the end of `with`).

        with StandIn(webhook_url=url, webhook_secret="whsec_x", state=tmp_path) as standin:
            client = StripeClient(standin.api_key, base_addresses={"api": standin.base_url})
            standin.pay(session.id, method="alipay")
            standin.misbehave(duplicate=1, drop=0.2, seed=7)

    `port` 0 takes a free one. Without `webhook_url` events are recorded and not sent; without
    `state` nothing outlives the process. A second StandIn on the same `state` continues where
    the first one stopped. `clock` gives seconds since 1970; `retry_s` is the wait before the
    first repeated delivery, doubled up to 5 s; `fee_bp` is Stripe's fee in basis points, and
    `dispute_fee` what it takes for a dispute, in fen.
    """

    def __init__(
        self,
        *,
        webhook_url: str = "",
        webhook_secret: str = WEBHOOK_SECRET,
        state: Path | None = None,
        api_key: str = API_KEY,
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str = "",
        fee_bp: int = 0,
        dispute_fee: int = 0,
        retry_s: float = 0.5,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.api_key = api_key
        self.webhook_secret = webhook_secret
        # Bind first: a second process on this port must fail before it touches the journal.
        self._server = _Server((host, port))
        self._address = (host, self._server.server_port)
        self.base_url = f"http://{host}:{self._server.server_port}"
        self._store = Store(state)
        self.account = Account(
            self._store,
            clock=clock,
            base_url=public_url or self.base_url,
            fee_bp=fee_bp,
            dispute_fee=dispute_fee,
        )
        self._sender = self._connect_sender(webhook_url, retry_s) if webhook_url else None
        self._server.account = self.account
        self._server.api = Api(self.account, api_key=api_key)
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True),
            threading.Thread(target=self._expire_sessions, daemon=True),
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()
        if self._sender is not None:
            self._sender.start()

    def stop(self) -> None:
        """Stop serving and sending; webhooks still owed stay in the journal."""
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()
        if self._sender is not None:
            self._sender.stop()
        self._store.close()

    def pay(self, session_id: str, method: str = "alipay") -> int:
        """Press a button of the payment page: alipay, wechat_pay, card, decline or cancel.

        Returns the HTTP status: 303 paid or cancelled, 402 declined, 410 expired.
        """
        return self._send("POST", f"/pay/{session_id}", urlencode({"method": method}))[0]

    def misbehave(self, **settings: float) -> Json:
        """Set drop, duplicate, reorder, delay (chances 0 to 1), delay_s, seed; the rest: default.

        Returns the settings now in force. Raises ValueError when one is refused.
        """
        return self._control("misbehave", settings)

    def release(self) -> None:
        """Send at once the webhooks that are delayed; later ones are delayed as before."""
        self._control("release", {})

    def refunds_pending(self, on: bool) -> None:
        """Make new refunds wait for `settle_refund`, or stop doing so."""
        self._control("refunds_pending", {"on": on})

    def settle_refund(self, refund_id: str, status: str = "succeeded") -> Json:
        """End a pending refund: succeeded or failed. Raises ValueError when it is not pending."""
        return self._control(f"refunds/{refund_id}/settle", {"status": status})

    def dispute(
        self,
        intent_id: str,
        amount: int | None = None,
        *,
        reason: str = "product_not_received",
        inquiry: bool = False,
    ) -> Json:
        """The buyer's bank disputes a payment, whole or `amount` fen of it, or first inquires."""
        body = {"payment_intent": intent_id, "amount": amount, "reason": reason}
        return self._control("disputes", {**body, "inquiry": inquiry})

    def answer_dispute(self, dispute_id: str) -> Json:
        """We have sent evidence."""
        return self._control(f"disputes/{dispute_id}/answer", {})

    def escalate_dispute(self, dispute_id: str) -> Json:
        """An inquiry becomes a dispute."""
        return self._control(f"disputes/{dispute_id}/escalate", {})

    def close_dispute(self, dispute_id: str, status: str) -> Json:
        """won, lost, or for an inquiry warning_closed."""
        return self._control(f"disputes/{dispute_id}/close", {"status": status})

    def pay_out(self) -> Json:
        """An automatic payout of the whole balance. Raises ValueError when it holds nothing."""
        return self._control("payouts", {})

    def settle_payout(self, payout_id: str, status: str = "paid") -> Json:
        """It arrived at the bank (paid), or came back (failed)."""
        return self._control(f"payouts/{payout_id}/settle", {"status": status})

    def charge_fee(self, amount: int) -> Json:
        """Take a fee in fen that belongs to no charge."""
        return self._control("fees", {"amount": amount})

    def expire_due(self) -> None:
        """Expire what is due now rather than at the next check, a second from now at most."""
        with self.account.change():
            expire_due_sessions(self.account)

    def _connect_sender(self, url: str, retry_s: float) -> Sender:
        account = self.account
        sender = Sender(url, self.webhook_secret, retry_s=retry_s, on_delivered=account.delivered)
        account.deliver_through(sender)
        return sender

    def _expire_sessions(self) -> None:
        while not self._stopping.wait(EXPIRY_CHECK_S):
            self.expire_due()

    def _control(self, name: str, body: Json) -> Json:
        status, text = self._send("POST", f"/_standin/{name}", json.dumps(body))
        if status != 200:
            raise ValueError(text)
        return cast(Json, json.loads(text))

    def _send(self, method: str, path: str, body: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(*self._address, timeout=10)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()
