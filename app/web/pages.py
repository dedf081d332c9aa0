"""The pages for people, and the API's description, which works without a network.

`async def` throughout: a page is a small template filled in memory.
"""

from __future__ import annotations

from typing import get_args

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.types import Scope

from app.errors import NotFound
from app.explain.model import Lang
from app.explain.words import TEMPLATES
from app.web.built import Built
from app.web.deps import Here, NetworkId
from app.web.problem_kinds import as_html

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
FOR_EVER = "public, max-age=31536000, immutable"

DOCS = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Slowprop API</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/static/docs/swagger-ui.css">
</head>
<body>
  <div id="swagger-ui"></div>
  <div class="swagger-ui"><section class="wrapper renderedMarkdown">
    <h2>Problems</h2>
    <p>Errors are problem details (RFC 9457); their <code>type</code> leads here.</p>
    <dl>
{problems}
    </dl>
  </section></div>
  <script src="/static/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
"""
DOCS_START = """// Swagger takes the address for one of its own.
const problem = location.hash.slice(1);
SwaggerUIBundle({
  url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, tryItOutEnabled: true,
  onComplete: () => setTimeout(() => document.getElementById(problem)?.scrollIntoView()),
});
"""


class BuiltFiles(StaticFiles):
    """Vite writes a digest of each file into its name, so those may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if path.startswith("assets/") and response.status_code == 200:
            response.headers["Cache-Control"] = FOR_EVER
        return response


def install(app: FastAPI, built: Built) -> None:
    app.mount("/static", BuiltFiles(directory=built.dist), name="static")
    app.router.routes += page_router(built).routes


def page_router(built: Built) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    templates = Jinja2Templates(built.templates)

    def lab(request: Request, status: int = 200) -> HTMLResponse:
        lang = language(request)
        context = {"lang": lang, "t": shell_words(lang), "assets": built.assets}
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return templates.TemplateResponse(
            request, "lab.html", context, status_code=status, headers=headers
        )

    @router.get("/")
    async def home(request: Request) -> HTMLResponse:
        return lab(request)

    @router.get("/n/{id}")
    async def network_page(request: Request, network_id: NetworkId, here: Here) -> HTMLResponse:
        """The page says itself what is wrong when there is no such network.

        Where networks are seen by links, the token stays in the browser, so that this answer
        must not tell which networks there are.
        """
        try:
            if here.access == "open":
                here.store.revision(network_id)
        except NotFound:
            return lab(request, status=404)
        return lab(request)

    @router.get("/docs")
    async def docs() -> HTMLResponse:
        return HTMLResponse(DOCS.replace("{problems}", as_html()))

    @router.get("/docs/start.js")
    async def docs_start() -> Response:
        return Response(DOCS_START, media_type="text/javascript")

    return router


def shell_words(lang: Lang) -> dict[str, str]:
    """What the page says before its script runs."""
    start = "shell."
    return {k.removeprefix(start): t.of(lang) for k, t in TEMPLATES.items() if k.startswith(start)}


def language(request: Request) -> Lang:
    """`?lang=`, else what the browser prefers among ours."""
    asked = request.query_params.get("lang")
    for known in LANGUAGES:
        if asked == known:
            return known
    for part in request.headers.get("accept-language", "").split(","):
        found = part.split(";")[0].strip().lower().split("-")[0]
        for known in LANGUAGES:
            if found == known:
                return known
    return LANGUAGES[0]
