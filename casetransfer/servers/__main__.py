import sys

from casetransfer import servers


def main(words: list[str]) -> int:
    verbs = {"up": servers.addresses, "down": servers.down, "status": servers.status}
    if len(words) != 1 or words[0] not in verbs:
        print("usage: python -m casetransfer.servers up|down|status", file=sys.stderr)
        return 2
    try:
        verbs[words[0]]()
    except servers.ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    for name, word in servers.status().items():
        print(f"{name}: {word}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
