"""Which files may be where, by the ending of their name."""

PICTURES = "png jpg jpeg gif bmp tif tiff webp avif"  # svg can carry scripts
SOUND = "mp3 m4a wav ogg oga opus aac flac"
FILM = "mp4 m4v webm ogv mov"
FONTS = "eot ttf otf woff woff2"
TEXT = "txt csv md vtt webvtt srt json"
MODELS = "gltf glb"
IN_CONTENT = frozenset(" ".join([PICTURES, SOUND, FILM, FONTS, TEXT, MODELS]).split())
IN_LIBRARIES = IN_CONTENT | {"js", "css", "svg", "map"}

# Nowhere, not even in a library that is left out: what servers or systems run, or browsers show.
PAGES = "html htm xhtml xht shtml mht mhtml hta htc"
SERVED = "php php3 php4 php5 php7 php8 phps pht phtml phar asp aspx ashx jsp jspx cfm cgi pl py rb"
RUN = "exe dll com msi scr pif sh bash bat cmd ps1 vbs vbe wsf wsh jse jar swf lnk reg"
FORBIDDEN = frozenset(" ".join([PAGES, SERVED, RUN]).split())
JUNK_FOLDER = "__macosx"
JUNK = frozenset({".ds_store", "thumbs.db"})  # what systems leave behind


def ending_of(name: str) -> str:
    """Small letters, without the dot; "" when there is none. A dotfile has none."""
    last = name.rpartition("/")[2]
    stem, _dot, ending = last.rpartition(".")
    return ending.lower() if stem else ""


def is_junk(name: str) -> bool:
    parts = name.lower().split("/")
    return JUNK_FOLDER in parts or parts[-1] in JUNK


def is_dotted(name: str) -> bool:
    """Whether it, or a folder that it is in, is hidden on Unix."""
    return any(part.startswith(".") for part in name.split("/"))


def is_forbidden(name: str) -> bool:
    return ending_of(name) in FORBIDDEN
