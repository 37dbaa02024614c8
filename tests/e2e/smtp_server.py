"""A real SMTP server (aiosmtpd) on loopback: prints its port, then each mail it takes as one JSON line. While the file
named in its argument exists it answers 451 to every mail."""

import asyncio
import json
import os
import sys

from aiosmtpd.smtp import SMTP


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        if os.path.exists(sys.argv[1]):
            print(json.dumps({"put_off": envelope.rcpt_tos}), flush=True)
            return "451 later"
        content = envelope.content.decode("ascii")
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "content": content}), flush=True)
        return "250 taken"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Mailbox(), hostname="localhost"), "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


asyncio.run(main())
