"""Attacks that talk to whom they should not."""

from tests.grading.attacks.attack import Attack

STREAMS = """
import socket

def connect(family, *address):
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        connection.connect(address)
        connection.sendall(b"hello")
        return "connected"

four, six = socket.AF_INET, socket.AF_INET6
attempt("a port of this machine", lambda: connect(four, "127.0.0.1", places["tcp"]))
attempt("by another name", lambda: connect(four, "127.1.2.3", places["tcp"]))
attempt("any address", lambda: connect(four, "0.0.0.0", places["tcp"]))
attempt("IPv6", lambda: connect(six, "::1", places["tcp6"]))
attempt("IPv4 in IPv6", lambda: connect(six, "::ffff:127.0.0.1", places["tcp"]))
attempt("ssh", lambda: connect(four, "127.0.0.1", 22))
attempt("the internet", lambda: connect(four, "1.1.1.1", 443))
attempt("the cloud's secrets", lambda: connect(four, "169.254.169.254", 80))
"""

SCAN_PORTS = """
import os, socket

own = int(os.environ["HTTPS_PROXY"].rpartition(":")[2])

def scan():
    found = []
    for port in [*range(own - 300, own + 300), places["tcp"], *range(20, 120), 8786, 8787, 8888]:
        with socket.socket() as connection:
            connection.settimeout(1)
            if port != own and connection.connect_ex(("127.0.0.1", port)) == 0:
                found.append(port)
    return found

attempt("proxies of other submissions, and all else", scan)
"""

DATAGRAMS = """
import socket

ways = {
    "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
        b"hello", ("127.0.0.1", places["udp"])),
    "dns": lambda: socket.getaddrinfo("secret.example.org", 443),
    "dns by hand": lambda: socket.socket(type=socket.SOCK_DGRAM).connect(("8.8.8.8", 53)),
    "raw": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    "packets": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "vsock": lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM),
    "kernel crypto": lambda: socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET),
    "mptcp": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262),
    "sctp": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 132),
    "bluetooth": lambda: socket.socket(31, socket.SOCK_RAW, 0),
}
for name, way in ways.items():
    attempt(name, way)
"""

UNIX = """
import os, socket

def connect(address):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(address)
        connection.sendall(b"hello")
        return "connected"

attempt("a socket with a name", lambda: connect(places["unix"]))
attempt("an abstract socket", lambda: connect("\\0" + places["abstract"]))
attempt("docker", lambda: connect("/var/run/docker.sock"))
pair = socket.socketpair()
attempt("a pair, sent elsewhere", lambda: pair[0].sendto(b"hello", places["unix"]))
attempt("a pair, connected", lambda: pair[0].connect("\\0" + places["abstract"]))
datagrams = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
attempt("a pair of datagrams", lambda: datagrams[0].sendto(b"hello", "\\0" + places["abstract"]))
attempt("a letter to a name", lambda: datagrams[0].sendto(b"hello", places["mailbox"]))
attempt("rclone itself", lambda: [connect(os.path.join(folder, name)) for folder in (
    os.path.dirname(os.getcwd()), os.path.dirname(os.environ["SSL_CERT_FILE"]))
    for name in os.listdir(folder)])
for name in ("rclone.sock", "s3.sock", "rclone", "socket", "s3"):
    attempt(f"rclone as {name}", lambda: connect(f"{os.path.dirname(os.getcwd())}/{name}"))
"""

FAST_OPEN = """
import ctypes, os, socket, struct

libc = ctypes.CDLL(None)
address = struct.pack("=H", socket.AF_INET) + struct.pack("!H", places["tcp"]) + bytes(
    [127, 0, 0, 1]) + bytes(8)
FAST = 0x20000000

def raw():
    return socket.socket().detach()

attempt("data with the first packet", lambda: call("sendto", raw(), b"hello", 5, FAST, address, 16))
def message():
    text = ctypes.create_string_buffer(b"hello")
    vector = (ctypes.c_void_p * 2)(ctypes.addressof(text), 5)
    name = ctypes.create_string_buffer(address)
    pointers = ctypes.addressof(name), 16, ctypes.addressof(vector), 1, 0, 0, 0
    header = struct.pack("PIxxxxPNPNi", *pointers)
    buffer = ctypes.create_string_buffer(header)
    return call("sendmsg", raw(), buffer, FAST)
attempt("a message with the first packet", message)
attempt("option for it", lambda: socket.socket().setsockopt(socket.IPPROTO_TCP, 30, 1))
attempt("connect, 32 bit length", lambda: call("connect", raw(), address, 16 + (1 << 32)))
attempt("connect by io_uring", lambda: call("io_uring_setup", 8, bytes(120)))
attempt("x32 call", lambda: libc.syscall(0x40000000 + 42, raw(), address, 16))

def swap():
    # The address changes while the kernel asks.
    import threading
    own = int(os.environ["HTTPS_PROXY"].rpartition(":")[2])
    good = address[:2] + struct.pack("!H", own) + address[4:]
    buffer = ctypes.create_string_buffer(good, 16)
    stop = threading.Event()

    def change():
        while not stop.is_set():
            ctypes.memmove(buffer, address, 16)
            ctypes.memmove(buffer, good, 16)

    thread = threading.Thread(target=change)
    thread.start()
    reached = 0
    for _ in range(200):
        with socket.socket() as connection:
            if call("connect", connection.fileno(), buffer, 16) == 0:
                reached += connection.getpeername()[1] != own
    stop.set()
    thread.join()
    return reached

attempt("an address that changes meanwhile", swap)
"""

LISTEN = """
import socket

def listen(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.bind(address)
        door.listen()
        return door.getsockname()

def unbound():
    door = socket.socket()
    door.listen()
    return door.getsockname()

attempt("a port", lambda: listen(socket.AF_INET, ("127.0.0.1", 0)))
attempt("a port to all", lambda: listen(socket.AF_INET, ("0.0.0.0", 8787)))
attempt("IPv6", lambda: listen(socket.AF_INET6, ("::", 0)))
attempt("a name", lambda: listen(socket.AF_UNIX, "door"))
attempt("without a port", unbound)
"""

CONTROL = """
import http.client, os, socket, urllib.request

port = int(os.environ["HTTPS_PROXY"].rpartition(":")[2])

def ask(method, path, host=None, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    connection.request(method, path, body, {"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    return answer.status, answer.read()[:300]

for path in ("status", "journal", "journal?since=0", "objects", "object/my-bucket/x", ""):
    attempt("GET " + path, lambda: ask("GET", "/course/" + path))
    attempt("GET whole " + path, lambda: ask("GET", f"http://127.0.0.1:{port}/course/{path}"))
    attempt("GET other host " + path, lambda: ask("GET", f"http://localhost/course/{path}"))
attempt("POST reset", lambda: ask("POST", "/course/reset"))
attempt("DELETE", lambda: ask("DELETE", "/course/journal"))
attempt("what the variable says", lambda: os.environ["COURSE_CONTROL"])
"""

RELAY = """
import os, requests, socket

port = int(os.environ["HTTPS_PROXY"].rpartition(":")[2])

def tunnel(target):
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        connection.sendall(f"CONNECT {target} HTTP/1.1\\r\\nHost: {target}\\r\\n\\r\\n".encode())
        first = connection.recv(200)
        connection.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
        return first, connection.recv(200)

ear = f"127.0.0.1:{places['tcp']}"
for target in (ear, f"[::1]:{places['tcp6']}", "localhost:22", "example.org:443", "1.1.1.1:443",
               f"sh.dataspace.copernicus.eu@{ear}", f"127.0.0.1:{port}", "", "x" * 70_000):
    attempt(f"tunnel to {target[:40]}", lambda: tunnel(target))
for url in (f"http://{ear}/", f"https://{ear}/", "http://169.254.169.254/latest/meta-data/",
            "https://example.org/", f"http://sh.dataspace.copernicus.eu:{places['tcp']}/",
            f"https://minio.lab.sspcloud.fr@{ear}/", "ftp://example.org/x"):
    attempt(f"through the proxy: {url}", lambda: requests.get(url, timeout=2).status_code)
"""

ATTACKS = [
    Attack(
        "talk",
        "tcp",
        "Connect to other ports and machines.",
        {3: STREAMS},
        says=("PermissionError",),
    ),
    Attack(
        "talk",
        "port scan",
        "Find the proxies of other submissions.",
        {3: SCAN_PORTS},
        says=("and all else\ngot: []",),
    ),
    Attack(
        "talk",
        "datagrams and more",
        "Send by UDP, DNS, netlink and other families of sockets.",
        {3: DATAGRAMS},
        says=("ATTEMPTED bluetooth", "refused: OSError"),
    ),
    Attack(
        "talk",
        "unix sockets",
        "Talk to programs of this machine, rclone among them.",
        {3: UNIX},
        says=("ATTEMPTED rclone as s3", "refused: OSError"),
    ),
    Attack(
        "talk",
        "tricks with connect",
        "Connect so that the filter does not see it, or sees another address.",
        {3: FAST_OPEN},
        says=("changes meanwhile\ngot: 0",),
    ),
    Attack("talk", "listening", "Wait for connections.", {3: LISTEN}, says=("PermissionError",)),
    Attack(
        "talk",
        "control endpoints",
        "Ask the services for the journal, or to forget it.",
        {3: CONTROL},
        says=("ATTEMPTED POST reset",),
    ),
    Attack(
        "talk",
        "proxy as a relay",
        "Reach others through the proxy.",
        {3: RELAY},
        says=("ATTEMPTED through the proxy",),
    ),
]
