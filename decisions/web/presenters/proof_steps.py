"""The commands by which a reader checks the proof of a received file, with OpenSSL alone."""

from dataclasses import dataclass

# The received file's name among the files of a proof.
RECEIVED_FILE = "received-file"


@dataclass(frozen=True, slots=True)
class ProofStep:
    """A step: what it shows, and the commands of a POSIX shell. `says` is what they print then."""

    title: str
    explanation: str
    code: str
    says: str


def proof_steps(address: str, directory: str, *, with_file: bool) -> tuple[ProofStep, ...]:
    """The steps for the proof whose files are at `address`, as a tar archive of one directory."""
    file_there = "The received file is among them, as the archive received it."
    file_needed = (
        "The archive does not hand out received files. Put the one that you want to check beside"
        f" these files, under the name {RECEIVED_FILE}: such as the page or PDF that you saved from"
        " the Ombudsman’s site."
    )
    return (
        ProofStep(
            "Fetch the files",
            file_there if with_file else file_needed,
            f"curl -sf '{address}' | tar -xf -\ncd {directory}\n",
            "",
        ),
        ProofStep(
            "The file is the one in the log",
            "Its SHA-256 is the second word of the log’s entry. The others are the entry’s number,"
            " the decision’s reference and when the archive received the file.",
            f"hash=$(openssl dgst -sha256 -r {RECEIVED_FILE} | cut -d ' ' -f 1)\n"
            'entry=$(cut -d " " -f 2 entry.txt)\n'
            'test "$hash" = "$entry" && echo "The file is in this entry."\n',
            "The file is in this entry.",
        ),
        ProofStep(
            "The entry is in the log",
            "The hash of the entry, hashed with the hashes of the rest of the log step by step,"
            " gives the root in head.txt (a Merkle tree, as in RFC 9162).",
            "hash=$( (printf '\\000'; cat entry.txt) | openssl dgst -sha256 -binary"
            " | openssl base64)\n"
            "while read -r side other; do\n"
            '  pair="$hash $other"\n'
            '  test "$side" = left && pair="$other $hash"\n'
            "  hash=$( (printf '\\001'; for half in $pair; do echo \"$half\" | openssl base64 -d;"
            " done) \\\n"
            "    | openssl dgst -sha256 -binary | openssl base64)\n"
            "done < path.txt\n"
            'test "root $hash" = "$(tail -n 1 head.txt)" && echo "The entry is in the log."\n',
            "The entry is in the log.",
        ),
        ProofStep(
            "The log was stamped",
            "The authority signed head.txt with the time (RFC 3161). Compare authority.pem with the"
            " certificates that the authority itself publishes.",
            "openssl ts -verify -data head.txt -in head.tsr -CAfile authority.pem\n"
            "openssl ts -reply -in head.tsr -text | grep 'Time stamp'\n",
            "Verification: OK",
        ),
    )
