"""A month in an address: 2025-10."""


class YearAndMonth:
    """Gives (year, month). Whether it is a month that counts are kept for is the view's to say."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> tuple[int, int]:
        year, month = value.split("-")
        return int(year), int(month)

    def to_url(self, value: str | tuple[int, int]) -> str:
        return value if isinstance(value, str) else f"{value[0]:04}-{value[1]:02}"
