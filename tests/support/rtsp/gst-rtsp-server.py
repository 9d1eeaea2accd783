"""A camera nobody here wrote: GStreamer's RTSP server, sending an encoded file in an endless loop.

One line of JSON on standard input says what to do (so that a password is in no command line); the end of standard
input ends the server. One line of JSON on standard output for each thing that happens.

    {"file": "...", "codec": "h264", "fps": 10, "port": 0, "paths": ["/footage"],
     "scheme": "digest", "user": null, "password": null}
"""
import json
import re
import signal
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def tell(**fact):
    # One write: print() writes the end of the line by itself, and threads would come between.
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


def access_units(path, codec):
    """Cuts a raw file into its pictures."""
    with open(path, "rb") as file:
        data = file.read()
    starts = [match.start() for match in re.finditer(PICTURE_STARTS[codec], data, re.DOTALL)]
    return [data[a:b] for a, b in zip(starts, starts[1:] + [len(data)])]


# H.264 and H.265 have the access unit delimiters (types 9 and 35) that their encoder was told to write. An MPEG-4 picture is a VOP
# (B6) with the headers that may stand in front of it (from B0 on).
PICTURE_STARTS = {
    "h264": rb"\x00\x00\x00\x01\x09",
    "h265": rb"\x00\x00\x00\x01\x46",
    "jpeg": rb"\xff\xd8\xff",
    "mpeg4": rb"(?:\x00\x00\x01\xb0.{1,200}?)?\x00\x00\x01\xb6",
}

# How each codec goes from the source's pictures to RTP.
PIPELINES = {
    "h264": "video/x-h264,stream-format=byte-stream,alignment=au{fps} ! h264parse ! rtph264pay pt=96 config-interval=-1",
    "h265": "video/x-h265,stream-format=byte-stream,alignment=au{fps} ! h265parse ! rtph265pay pt=96 config-interval=-1",
    "jpeg": "image/jpeg{fps} ! jpegparse ! rtpjpegpay pt=26",
    "mpeg4": "video/mpeg,mpegversion=4,systemstream=false,parsed=false{fps} ! mpeg4videoparse ! rtpmp4vpay pt=96",
}


class Loop:
    """Feeds one pipeline. Times go on rising where the file begins again, and the server's sinks wait for each: no seek, no glitch."""

    def __init__(self, units, fps, source):
        self.units, self.frame = units, Gst.SECOND // fps
        self.count = 0
        source.connect("need-data", self.push)

    def push(self, source, _length):
        buffer = Gst.Buffer.new_wrapped(self.units[self.count % len(self.units)])
        buffer.pts = buffer.dts = self.count * self.frame
        buffer.duration = self.frame
        self.count += 1
        source.emit("push-buffer", buffer)


def factory_of(job, units):
    pipeline = PIPELINES[job["codec"]].format(fps=f",framerate={job['fps']}/1")
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( appsrc name=source format=time max-buffers=2 caps={pipeline} name=pay0 )")
    factory.set_shared(True)
    loops = []

    def configure(_factory, media):
        # The loop has to live as long as its media.
        loops.append(Loop(units, job["fps"], media.get_element().get_by_name("source")))
        media.connect("unprepared", lambda _media: loops.pop(0))

    factory.connect("media-configure", configure)
    return factory


def protect(server, factories, scheme, user, password):
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth()
    # The binding takes one method only, although the server itself could offer both.
    if scheme == "basic":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.BASIC)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    else:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    server.set_auth(auth)
    for factory in factories:
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("viewer", "media.factory.access", True)
        permissions.add_permission_for_role("viewer", "media.factory.construct", True)
        factory.set_permissions(permissions)


def main():
    job = json.loads(sys.stdin.readline())
    Gst.init(None)
    units = access_units(job["file"], job["codec"])
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(job["port"]))
    factories = {path: factory_of(job, units) for path in job["paths"]}
    for path, factory in factories.items():
        server.get_mount_points().add_factory(path, factory)
    if job["user"] is not None:
        protect(server, factories.values(), job["scheme"], job["user"], job["password"])

    def connected(_server, client):
        tell(event="connected")
        client.connect("closed", lambda _client: tell(event="closed"))
        client.connect("play-request", lambda _client, _context: tell(event="play"))
        client.connect("teardown-request", lambda _client, _context: tell(event="teardown"))

    server.connect("client-connected", connected)
    if server.attach(None) == 0:
        tell(event="failed")
        return 1
    loop = GLib.MainLoop()
    threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
    GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, loop.quit)
    tell(event="ready", port=server.get_bound_port())
    loop.run()
    return 0


sys.exit(main())
