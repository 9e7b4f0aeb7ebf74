"""How much an .h5p file may hold. Settings can change each (`H5P_CAPS`); docs/h5p.md lists them."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Caps:
    archive_bytes: int = 250 * MB  # the file as it comes in
    members: int = 6_000
    directory_bytes: int = 4 * MB  # the list of members at the end
    expanded_bytes: int = 280 * MB  # everything unpacked
    member_bytes: int = 120 * MB
    ratio: int = 200  # unpacked to packed, of members over `ratio_from` bytes
    ratio_from: int = 1 * MB
    path_length: int = 200  # characters of a member's name
    json_bytes: int = 4 * MB
    described_bytes: int = 1 * MB  # h5p.json, and each library.json
    json_total_bytes: int = 40 * MB  # of all JSON that is read
    json_values: int = 250_000
    json_depth: int = 64
    libraries: int = 200
    reasons: int = 100  # that are listed; of more it is only said that there are
    core_api: tuple[int, int] = (1, 28)
