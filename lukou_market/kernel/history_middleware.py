"""Who changes what on the admin's pages: told to the triggers that keep the history."""

from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware


class DeskHistoryMiddleware(HistoryMiddleware):
    """Only where registers are kept: other requests run their statements as they are."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path.startswith("/admin/"):
            response: HttpResponse = super().__call__(request)  # type: ignore[no-untyped-call]
            return response
        passed: HttpResponse = self.get_response(request)
        return passed
