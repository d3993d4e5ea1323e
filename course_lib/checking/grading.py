"""The child's side of grading: hand the named object to the judge and serve its probes.

Nothing here judges. While `serving()` is true, `check` tells the judge which object stands behind
a name and then answers probes until the judge is done. Right values are all that counts, so a
forged message gains nothing.
"""

from __future__ import annotations

from typing import Any

from course_lib.checking.probes import Probe, run_probe
from course_lib.checking.room import Room
from course_lib.checking.wire import Channel, pack, unpack

_channel: Channel | None = None


def connect(channel: Channel) -> None:
    """Serve the judge on this channel from now on. Called once, in the sandboxed child."""
    global _channel
    _channel = channel


def serving() -> bool:
    """Whether this process is being graded."""
    return _channel is not None


def serve(name: str, subjects: tuple[Any, ...]) -> None:
    """Announce the check and answer the judge's probes until it is done."""
    if _channel is None:
        raise RuntimeError("No judge is connected: `serve` is for the sandboxed child only.")
    _channel.send({"event": "check", "name": str(name), "subjects": len(subjects)})
    while True:
        message, arrays = _channel.receive()
        if message.get("op") != "probe":
            return
        probe = Probe.from_value(unpack(message["probe"], arrays))
        subject, room = subjects[0] if subjects else None, Room(*message["room"])
        forbids, allows = tuple(message.get("forbids", ())), tuple(message.get("allows", ()))
        observation = run_probe(probe, subject, forbids, allows=allows, room=room)
        tree, blocks = pack(observation.to_value())
        _channel.send({"event": "observation", "observation": tree}, blocks)
