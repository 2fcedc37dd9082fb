"""The control endpoints: what checks, graders and tests may see of a session."""

import os
from urllib.parse import parse_qs

from autograder.services.http.request_response import (
    Request,
    Response,
    json_response,
    text_response,
)
from autograder.services.proxy.faults import Fault
from autograder.services.proxy.services_session import Session
from autograder.surroundings.machine import no_room
from utils.errors import CourseError

CONTROL_PATH = "/course"
"""Paths of the control endpoints begin with it."""


def answer(session: Session, request: Request) -> Response:
    """Answer status, ready, journal, objects, object/…, fault, mend or reset."""
    # A page in a browser can send requests here; it cannot send them without its own name.
    host = request.headers.get("Host", "").rpartition(":")[0]
    if host not in {"127.0.0.1", "localhost"} or request.headers.get("Origin"):
        return text_response(403, "The control endpoints answer this computer's programs only.")
    name = request.path.removeprefix(CONTROL_PATH).strip("/")
    match request.method, name:
        case "GET", "status":
            return json_response(200, status(session))
        case "GET", "ready":
            return json_response(200, _readiness(session))
        case "GET", "journal":
            since = parse_qs(request.parts.query).get("since", ["0"])[0]
            number = int(since) if since.isdecimal() else 0
            return json_response(200, session.journal.requests(number))
        case "GET", "objects":
            return json_response(200, session.buckets.objects())
        case "GET", name if name.startswith("object/"):
            try:
                content = session.buckets.read_object(name.removeprefix("object/"))
            except KeyError:
                return text_response(404, f"There is no {name}.")
            return Response(200, content, {"Content-Type": "application/octet-stream"})
        case "POST", "fault":
            return _switch_on(session, request)
        case "POST", "mend":
            session.faults.clear()
            return json_response(200, {"mended": True})
        case "POST", "reset":
            session.reset()
            return json_response(200, {"reset": True})
    return text_response(404, f"There is no {request.method} {request.path} here.")


def _switch_on(session: Session, request: Request) -> Response:
    """Switch a fault on, as `ServicesClient.fail` asks for."""
    asked = {name: values[-1] for name, values in parse_qs(request.parts.query).items()}
    try:
        times = int(asked.get("times", Fault.times))
        session.faults.add(Fault(asked.get("kind", ""), asked.get("host", ""), times))
    except (CourseError, ValueError) as error:
        return text_response(400, str(error))
    return json_response(200, asked)


def _readiness(session: Session) -> dict[str, object]:
    """The variables for clients, when everything that they need is there; else why not."""
    try:
        session.make_ready()
    except CourseError as error:
        return {"error": vars(error)}
    except OSError as error:
        return {"error": vars(no_room(error))}
    return {"environment": session.environment}


def status(session: Session) -> dict[str, object]:
    """What runs here; `ServicesClient.status` has the same names."""
    return {
        "pid": os.getpid(),
        "world": str(session.world.folder),
        "state": str(session.folder),
        "environment": session.environment,
        "live": sorted(session.live.hosts) if session.live else [],
        "requests": session.journal.count,
        "failures": list(session.failures),
    }
