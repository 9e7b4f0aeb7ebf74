"""A witness beside every page of a journey: what the browser complained about."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

MISSING = "Failed to load resource"  # the response itself is judged, with its address


class Watch:
    """Collects script errors, CSP violations, broken parts and calls to other sites."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.problems: list[str] = []
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("response", self._response)
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(MISSING):
            self.problems.append(f"console: {message.text}")

    def _error(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _response(self, response: Response) -> None:
        """A page may be refused on purpose; a picture, style or script never is."""
        if response.status >= 500 or (
            response.status >= 400 and response.request.resource_type != "document"
        ):
            self.problems.append(f"{response.status} for {response.url}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and not request.url.startswith(self.origin):
            self.problems.append(f"asks another site: {request.url}")

    def assert_quiet(self) -> None:
        assert not self.problems, "the browser complained:\n" + "\n".join(self.problems)
