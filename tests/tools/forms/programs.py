"""The programs that make each form of a page: Chromium, LibreOffice, wget; zip, mail and the like.

Each maker takes a folder of pages, `90-000-001.html`, and fills another with one file for each, of
the same stem. A maker whose program is missing raises FileNotFoundError.
"""

import base64
import functools
import http.server
import plistlib
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from tests.archives import Warc
from tests.browser import find, launch

ADDRESS = "https://www.lgo.org.uk/decisions/education/other"
# Times that a page is given to SingleFile: it may miss a page's load, says so, and saves nothing.
_TRIES = 5
# Pages that one start of LibreOffice converts.
_AT_A_TIME = 50


def pages_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


# --- Chromium ---------------------------------------------------------------------------------


def mhtml(pages: Path, out: Path) -> None:
    def snapshot(session: CDPSession) -> bytes:
        return session.send("Page.captureSnapshot", {"format": "mhtml"})["data"].encode()

    _with_chromium(pages, out, ".mhtml", snapshot)


def pdf(pages: Path, out: Path) -> None:
    """Print on A4, with the time, address and page number that browsers add."""
    options = {"displayHeaderFooter": True, "paperWidth": 8.27, "paperHeight": 11.69}

    def printed(session: CDPSession) -> bytes:
        return base64.b64decode(session.send("Page.printToPDF", options)["data"])

    _with_chromium(pages, out, ".pdf", printed)


def _with_chromium(
    pages: Path, out: Path, ending: str, take: Callable[[CDPSession], bytes]
) -> None:
    with sync_playwright() as playwright, _served(pages) as address:
        browser = launch(playwright)
        tab = browser.new_page()
        session = tab.context.new_cdp_session(tab)
        for page in pages_in(pages):
            tab.goto(f"{address}/{page.name}")
            (out / f"{page.stem}{ending}").write_bytes(take(session))
        browser.close()


# --- LibreOffice ------------------------------------------------------------------------------


def docx(pages: Path, out: Path) -> None:
    _with_libreoffice(pages, out, "docx:MS Word 2007 XML")


def odt(pages: Path, out: Path) -> None:
    _with_libreoffice(pages, out, "odt:writer8")


def office_pdf(pages: Path, out: Path) -> None:
    _with_libreoffice(pages, out, "pdf:writer_pdf_Export")


def _with_libreoffice(pages: Path, out: Path, target: str) -> None:
    names = [str(page) for page in pages_in(pages)]
    command = ["soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", target]
    for start in range(0, len(names), _AT_A_TIME):
        files = names[start : start + _AT_A_TIME]
        subprocess.run([*command, "--outdir", out, *files], check=True, capture_output=True)


# --- wget and WARC ----------------------------------------------------------------------------


def mirror(pages: Path, out: Path) -> None:
    """What `wget -r` leaves of addresses without an ending."""
    _wget(pages, out)


def wget_warc(pages: Path, out: Path) -> None:
    """One WARC of all pages."""
    _wget(pages, out, "--warc-file", str(out / "crawl"))
    for path in out.iterdir():
        if path.name != "crawl.warc.gz":
            path.unlink()


def _wget(pages: Path, out: Path, *options: str) -> None:
    with _served(pages, without_endings=True) as address:
        links = [f"{address}/{page.stem}" for page in pages_in(pages)]
        command = ["wget", "--quiet", "--directory-prefix", str(out), *options, "--input-file=-"]
        subprocess.run(command, input="\n".join(links), text=True, check=True)


def wacz(pages: Path, out: Path) -> None:
    for page in pages_in(pages):
        warc = Warc().info().page(f"{ADDRESS}/{page.stem}", page.read_bytes())
        with zipfile.ZipFile(out / f"{page.stem}.wacz", "w") as archive:
            archive.writestr("archive/data.warc.gz", warc.bytes())
            archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
            archive.writestr("datapackage.json", "{}")


def brotli_warc(pages: Path, out: Path) -> None:
    import brotli

    for page in pages_in(pages):
        url = f"{ADDRESS}/{page.stem}"
        packed = brotli.compress(page.read_bytes())
        chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
        headers = {"Content-Encoding": "br", "Transfer-Encoding": "chunked"}
        warc = Warc().response(url, chunks, http=headers).record("revisit", url, b"")
        (out / f"{page.stem}.warc.gz").write_bytes(warc.bytes())


# --- single files -----------------------------------------------------------------------------


def complete(pages: Path, out: Path) -> None:
    """A page and its folder, in a zip, as Chrome saves them."""
    for page in pages_in(pages):
        text = page.read_text()
        saved = f"<!-- saved from url=(0058){ADDRESS}/{page.stem} -->"
        with zipfile.ZipFile(out / f"{page.stem}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Decision.html", text.replace("<html", f"{saved}\n<html", 1))
            archive.writestr("Decision_files/saved_resource.html", "<html><p>A frame</p></html>")
            archive.writestr("Decision_files/config.json", "{}")
            archive.writestr("Decision_files/f.txt", "text")


def webarchive(pages: Path, out: Path) -> None:
    for page in pages_in(pages):
        main = {
            "WebResourceData": page.read_bytes(),
            "WebResourceURL": f"{ADDRESS}/{page.stem}",
            "WebResourceMIMEType": "text/html",
            "WebResourceTextEncodingName": "UTF-8",
        }
        data = plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
        (out / f"{page.stem}.webarchive").write_bytes(data)


def mail(pages: Path, out: Path) -> None:
    """The page as the text of an e-mail; every second one as its attachment."""
    for number, page in enumerate(pages_in(pages)):
        message = EmailMessage()
        message["From"] = "clerk@ambleford.example"
        message["To"] = "archive@example.org"
        message["Subject"] = "A decision"
        message.set_content("Please find the decision enclosed.")
        if number % 2:
            message.add_attachment(page.read_text(), subtype="html", filename=page.name)
        else:
            message.add_alternative(page.read_text(), subtype="html")
        (out / f"{page.stem}.eml").write_bytes(message.as_bytes(policy=SMTP))


def single_file(pages: Path, out: Path) -> None:
    """By the command of SingleFile (`npm install single-file-cli`), where it is on PATH."""
    program = shutil.which("single-file")
    if not program:
        raise FileNotFoundError("single-file")
    with sync_playwright() as playwright:
        chromium = str(find(playwright))
    options = ["--browser-executable-path", chromium, '--browser-args=["--no-sandbox"]']
    with _served(pages) as address:
        for page in pages_in(pages):
            saved = out / page.name
            for _ in range(_TRIES):
                link = f"{address}/{page.name}"
                subprocess.run([program, link, str(saved), *options], check=True)
                if saved.exists():
                    break


# --- a local server ---------------------------------------------------------------------------


class _Handler(http.server.SimpleHTTPRequestHandler):
    without_endings = False

    def translate_path(self, path: str) -> str:
        found = super().translate_path(path)
        return f"{found}.html" if self.without_endings else found

    def log_message(self, format: str, *values: Any) -> None:
        """Say nothing."""


class _WithoutEndings(_Handler):
    without_endings = True


@contextmanager
def _served(folder: Path, without_endings: bool = False) -> Iterator[str]:
    handler = _WithoutEndings if without_endings else _Handler
    bound = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), bound) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


MAKERS: dict[str, Callable[[Path, Path], None]] = {
    "saved complete, in a zip": complete,
    "MHTML (Chromium)": mhtml,
    "PDF (Chromium)": pdf,
    "PDF (LibreOffice)": office_pdf,
    "Word (LibreOffice)": docx,
    "OpenDocument (LibreOffice)": odt,
    "mirror (wget)": mirror,
    "WARC (wget)": wget_warc,
    "WARC (brotli, chunks, revisit)": brotli_warc,
    "WACZ": wacz,
    "web archive (Safari)": webarchive,
    "e-mail": mail,
    "SingleFile": single_file,
}
# Forms that need no program but Python.
WITHOUT_PROGRAMS = (
    "saved complete, in a zip",
    "WARC (brotli, chunks, revisit)",
    "WACZ",
    "web archive (Safari)",
    "e-mail",
)
