"""A receiver of webhooks that answers 200 to every request, as fast as one process can: webhook_server.py PORT_FILE."""

import asyncio
import re
import sys

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Receiver(asyncio.Protocol):
    """One connection, which stays open."""

    def __init__(self):
        self.bytes = b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.bytes += data
        while (end := self.bytes.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self.bytes, 0, end + 2)
            size = end + 4 + (int(length[1]) if length else 0)
            if len(self.bytes) < size:
                return
            self.bytes = self.bytes[size:]
            self.transport.write(ANSWER)


async def main(port_file):
    server = await asyncio.get_running_loop().create_server(Receiver, "127.0.0.1", 0)
    with open(port_file, "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    await server.serve_forever()


asyncio.run(main(sys.argv[1]))
