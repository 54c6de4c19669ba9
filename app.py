"""The front door: `python3 app.py` sets up and serves; a WSGI server imports `app` from here.

As a program it needs the standard library alone, and parses on any Python 3, to say what is missing.
"""

import argparse
import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 13)
GUNICORN = ("--workers", "2", "--worker-class", "gthread", "--threads", "8", "--no-control-socket")
GUNICORN += ("--log-level", "warning")  # no access log: it would hold links
FLASK = (PYTHON, "-m", "flask", "--app", "app")
EPILOG = """\
`python3 app.py test [--full] [-x tests/rules ...]` runs every test; --full: races and fuzz in full size.
Settings come from the environment (EVENTAPP_DATABASE_URL, _BASE_URL, _MAIL_URL, ...) or instance/config.py.
With a database of your own no demo is played. In production: gunicorn app:app
"""


class Stop(Exception):
    """Something the reader can put right; its text is one plain line."""


def main(given: list) -> int:
    try:
        require_python(given)
        os.chdir(HERE)
        sys.stdout.reconfigure(line_buffering=True)
        if given[:1] == ["test"]:
            make_venv("requirements-dev.txt")
            run_tests(given[1:])
        options = read_options(given)
        make_venv("requirements.txt")
        if Path(sys.prefix).resolve() != VENV.resolve():
            os.execv(PYTHON, [str(PYTHON), str(HERE / "app.py"), *given])
        serve(options)
    except (Stop, OSError) as problem:
        print(problem, file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    return 1


def require_python(given: list) -> None:
    """Go on under a Python that fits; where this one does not, look for one that does."""
    if os.name != "posix":
        raise Stop("Partners Day runs on Linux and macOS; on Windows start it inside WSL.")
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and fits(found):
            os.execv(found, [found, str(HERE / "app.py"), *given])
    raise Stop(f"Partners Day needs Python 3.11, 3.12 or 3.13, and this is {sys.version.split()[0]}.")


def fits(python: object) -> bool:
    return succeeds(python, "-c", f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})")


def read_options(given: list) -> argparse.Namespace:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python3 app.py", None, __doc__, EPILOG, formatter_class=raw)
    parser.add_argument(
        "--on", type=datetime.fromisoformat, metavar="MOMENT", help="move the demo, as in 2017-11-09T09:50"
    )
    parser.add_argument("--lan", action="store_true", help="https on the local network, for real phones")
    parser.add_argument("--port", type=int, default=5000, help="5000 unless you say another")
    options = parser.parse_args(given)
    if not 1024 <= options.port <= 65535:
        raise Stop("--port takes a number from 1024 to 65535.")
    return options


def make_venv(pins: str) -> None:
    """Make .venv hold exactly these pins; a stamp inside it makes the next start quick."""
    wanted, stamp = digest([HERE / pins]), VENV / f"{pins}.installed"
    if PYTHON.exists() and read(stamp) == wanted:
        return
    print(f"Installing {pins} into .venv; the first time this may take a minute ...")
    if not install_with_uv(pins) and not install_with_pip(pins):
        raise Stop(f"{pins} could not be installed; the lines above say why.")
    stamp.write_text(wanted)
    if pins == "requirements-dev.txt":  # it holds every pin of the other
        (VENV / "requirements.txt.installed").write_text(digest([HERE / "requirements.txt"]))


def install_with_uv(pins: str) -> bool:
    if not succeeds("uv", "--version"):
        return False  # a shim that leads nowhere counts as none
    if not fits(PYTHON) and not succeeds("uv", "venv", "--clear", "--python", sys.executable, VENV):
        return False
    into = ("--python", PYTHON, "--compile-bytecode")
    return succeeds("uv", "pip", "install", *into, "--require-hashes", "-r", HERE / pins)


def install_with_pip(pins: str) -> bool:
    if not fits(PYTHON) or not succeeds(PYTHON, "-m", "pip", "--version"):
        if importlib.util.find_spec("ensurepip") is None:
            raise Stop("Python's venv is missing. Install it with: sudo apt-get install -y python3-venv")
        if not succeeds(sys.executable, "-m", "venv", "--clear", VENV, loud=True):
            return False
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    return succeeds(*pip, "--require-hashes", "-r", HERE / pins, loud=True)


def run_tests(given: list) -> None:
    """Become pytest, a process for each core, without the settings of a real installation."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EVENTAPP_")}
    spread = ("-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal")
    os.execve(PYTHON, [str(PYTHON), "-m", "pytest", *spread, *given], environment)


def serve(options: argparse.Namespace) -> None:
    """Instance, database, demo; then gunicorn and the postman until somebody stops us."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, every later start is twice as quick
    if is_open(options.port):
        raise Stop(f"Port {options.port} is taken: choose another, for example --port 5050")
    instance = Path(os.environ.get("EVENTAPP_INSTANCE") or HERE / "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True)
    if not (instance / "config.py").exists():
        write_keys(instance / "config.py")
    certificate = certify(instance / "lan", options.port) if options.lan else []
    if not is_set("BASE_URL", instance):
        os.environ["EVENTAPP_BASE_URL"] = f"http://127.0.0.1:{options.port}"
    prepare_database(instance, options.on)
    compress_static(HERE / "static")
    run_children(instance, options, certificate)


def is_open(port: int, *, answering: bool = False) -> bool:
    with socket.socket() as probe:
        listening = probe.connect_ex(("127.0.0.1", port)) == 0
        if listening and answering:  # wait for the first worker
            probe.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            probe.recv(1)
    return listening


def write_keys(file: Path) -> None:
    """Fresh keys, readable by their owner alone."""
    keys = [f'{name} = "{secrets.token_urlsafe(48)}"\n' for name in ("SECRET_KEY", "LINK_KEY")]
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as config:
        config.writelines(["# Made by app.py. Whoever has these keys can open every personal link.\n", *keys])


def is_set(name: str, instance: Path) -> bool:
    """Whether the environment or instance/config.py sets it."""
    written = read(instance / "config.py")
    return bool(os.environ.get(f"EVENTAPP_{name}") or re.search(rf"^{name}\s*=", written, re.MULTILINE))


def prepare_database(instance: Path, on: datetime) -> None:
    """Bring the tables up to date, then see to the demo unless somebody configured a database."""
    theirs = is_set("DATABASE_URL", instance)
    if theirs and on:
        raise Stop("--on moves the demo's clock, and a database of your own has none.")
    database, stamp = instance / "eventapp.sqlite3", instance / "migrated.txt"
    wanted = digest((HERE / "eventapp" / "migrations").rglob("*.py"))
    if theirs or not database.exists() or read(stamp) != wanted:
        print("Bringing the database up to date ...")
        flask("init")
        stamp.write_text(wanted)
    if not theirs:
        see_to_demo(database, instance / "demo.txt", on)


def see_to_demo(database: Path, accounts: Path, on: datetime) -> None:
    """Fill an empty database; move a demo to `on`; leave an Event of somebody's own alone."""
    with closing(sqlite3.connect(database)) as connection:
        empty = not connection.execute("SELECT count(*) FROM event").fetchone()[0]
    if not empty and not accounts.exists():
        if on:
            raise Stop("--on moves the demo's clock, and this database holds an Event of your own.")
        return
    os.environ["EVENTAPP_DEMO"] = "1"
    if empty or on or not read(accounts):
        print("Playing in the demo ...")
        accounts.touch()  # before, so that a demo cut short is known as one
        accounts.write_text(flask("demo", *(["--on", on.isoformat()] if on else [])))


def flask(*command: str) -> str:
    """Run one of the app's own commands; what it prints, without its log unless it fails."""
    done = subprocess.run([*FLASK, *command], capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"{done.stderr[-2000:]}\n`flask --app app {command[0]}` ended there.")
    return done.stdout


def compress_static(static: Path) -> None:
    """Make .gz and .br beside the files browsers fetch, whenever one of them changed."""
    made, stamp = {*static.rglob("*.gz"), *static.rglob("*.br")}, VENV / "static.txt"
    wanted = digest(set(static.rglob("*")) - made)
    if read(stamp) == wanted:
        return
    print("Compressing static files ...")
    for file in made:
        file.unlink()
    packed = ("png", "jpg", "woff2", "ttf", "gz", "br", "py")  # packed already, or never fetched by a browser
    if succeeds(PYTHON, "-m", "whitenoise.compress", "--quiet", static, *packed, loud=True):
        stamp.write_text(wanted)


def certify(folder: Path, port: int) -> list:
    """A certificate for this machine's address on the local network, as options for gunicorn."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # a datagram socket: nothing is sent
        address = probe.getsockname()[0]
    os.environ["EVENTAPP_BASE_URL"] = f"https://{address}:{port}"
    wanted, year = f"{address} {date.today():%Y-%m}", str(date.today() + timedelta(days=365))
    if read(folder / "made-for.txt") != wanted:
        folder.mkdir(mode=0o700, exist_ok=True)
        names = ("-x", year, "-i", address, "localhost", "127.0.0.1")
        if not succeeds(PYTHON, "-m", "trustme", "-q", "-d", folder, *names, loud=True):
            raise Stop("The certificate could not be made; the lines above say why.")
        (folder / "made-for.txt").write_text(wanted)
    return ["--certfile", folder / "server.pem", "--keyfile", folder / "server.key"]


def run_children(instance: Path, options: argparse.Namespace, certificate: list) -> None:
    """In groups of their own, so that Ctrl-C reaches them through us alone, once."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) != signal.SIG_IGN:  # as under nohup
            signal.signal(name, signal.default_int_handler)
    children = []
    try:
        bind = f"{'0.0.0.0' if options.lan else '127.0.0.1'}:{options.port}"
        server = [PYTHON, "-m", "gunicorn", "--bind", bind, *certificate, *GUNICORN, "app:app"]
        children.append(subprocess.Popen(server, start_new_session=True))
        while not is_open(options.port, answering=not options.lan) and children[0].poll() is None:
            time.sleep(0.05)
        children.append(subprocess.Popen([*FLASK, "deliver", "--follow"], start_new_session=True))
        greet(instance, bind, lan=options.lan)
        while all(child.poll() is None for child in children):
            time.sleep(1)
        raise Stop("The server or the postman stopped; the lines above say why.")
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for end in (subprocess.Popen.terminate, subprocess.Popen.wait):
            for child in children:
                end(child)


def greet(instance: Path, bind: str, *, lan: bool) -> None:
    address = os.environ["EVENTAPP_BASE_URL"] if lan else f"http://{bind}"
    print(f"\n  {address}/  (the organizers' desk: /organizer/, the door: /door/)\n")
    if os.environ.get("EVENTAPP_DEMO"):
        print(read(instance / "demo.txt").rstrip(), end="\n\n")
    if lan:
        plain = [] if sys.stdout.isatty() else ["--ascii"]  # a terminal gets black and white of its own
        succeeds(PYTHON, "-m", "qrcode.console_scripts", *plain, address, loud=True)
        print("Phones warn of the certificate once: go on. For the offline parts a phone must trust it:")
        print(f"send {instance / 'lan' / 'client.pem'} to it and install that as an authority.\n")
    print("Ctrl-C ends it.")


def succeeds(*command: object, loud: bool = False) -> bool:
    output = None if loud else subprocess.DEVNULL
    found = shutil.which(str(command[0]))
    return bool(found) and subprocess.run(list(command), stdout=output, stderr=output).returncode == 0


def digest(files: object) -> str:
    parts = [file.name.encode() + file.read_bytes() for file in sorted(files) if file.is_file()]
    return hashlib.sha256(b"".join(parts)).hexdigest()


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
else:
    from eventapp import create_app
    from eventapp.errors import ConfigurationProblem

    try:
        app = create_app()
    except ConfigurationProblem as problem:
        print(problem, file=sys.stderr)
        sys.exit(4)  # gunicorn's APP_LOAD_ERROR: it stops, instead of starting the worker again
