"""What may be wrong with an .h5p file, by code. wording.py says it in the reader's language."""

_ = str  # marks the texts for the translators

WHOLE = {
    "NOT_THERE": _("The file does not exist."),
    "IS_FOLDER": _("This is a folder, not a file."),
    "UNREADABLE": _("The file cannot be read: {detail}."),
    "EMPTY_FILE": _("The file is empty."),
    "FILE_TOO_BIG": _("The file is {size} MB; at most {limit} MB is allowed."),
    "NOT_A_ZIP": _("This is not an H5P file: it is not a zip."),
    "TWO_KINDS": _(
        "The file begins as something else ({kind}) and ends as a zip. A file that is two things "
        "at once is refused."
    ),
    "TRUNCATED": _(
        "The file is not whole: the end of the zip is not where it belongs. Download or export it "
        "again."
    ),
    "EXTRA_BYTES": _("Between the files in the zip, or behind them, are bytes of no file."),
    "BROKEN_ZIP": _("The list of files in the zip is damaged."),
    "SPLIT_ZIP": _("The zip is one part of several. Make one file of it."),
    "TOO_MANY_FILES": _("{count} files are in it; at most {limit} are allowed."),
    "TOO_BIG_UNPACKED": _("Unpacked it is {size} MB; at most {limit} MB is allowed."),
    "TOO_MANY_REASONS": _("There is more wrong: the first {limit} are listed."),
}

MEMBERS = {
    "MEMBER_TOO_BIG": _("{file} is {size} MB; at most {limit} MB is allowed."),
    "RATIO": _("{file} grows too much when it is unpacked: more than {limit} times."),
    "OVERLAP": _("{file} lies across another file in the zip."),
    "HEADER_DIFFERS": _("{file}: the zip says two different things about this file."),
    "ENCRYPTED": _("{file} has a password on it. Make the file without a password."),
    "COMPRESSION": _("{file} is packed in a way that H5P does not use (method {method})."),
    "SYMLINK": _("{file} is a link to another file. Links are not allowed."),
    "SPECIAL_FILE": _("{file} is not an ordinary file or folder."),
    "SIZE_LIES": _("{file}: its real size is not the size that the zip says."),
    "BAD_CRC": _("{file} is damaged: its checksum is wrong."),
    "BROKEN_MEMBER": _("{file} is damaged: it cannot be unpacked."),
}

NAMES = {
    "NAME_OUTSIDE": _("{file}: a name may not lead to another place (. or ..)."),
    "NAME_ABSOLUTE": _("{file}: a name may not begin with / or have a colon in it."),
    "NAME_BACKSLASH": _("{file}: a name may not have a backslash in it."),
    "NAME_CONTROL": _("{file}: the name has characters in it that cannot be seen."),
    "NAME_EMPTY_PART": _("{file}: a part of the name is empty."),
    "NAME_TOO_LONG": _("{file}: the name is longer than {limit} characters."),
    "NAME_NOT_UTF8": _("{file}: the name is not in UTF-8."),
    "NAME_DOT_END": _("{file}: a name may not end with a dot or a space."),
    "NAME_TWICE": _("{file} is in it twice."),
    "NAME_TWICE_ALIKE": _("{file} and {other} differ only in capitals or in how accents are made."),
    "FILE_AND_FOLDER": _("{file} is both a file and a folder."),
}

LAYOUT = {
    "NO_H5P_JSON": _("h5p.json is missing: this is a zip, but not an H5P file."),
    "ONE_FOLDER_DEEP": _(
        "h5p.json is in the folder {folder}, not at the top. Zip what is in that folder, not the "
        "folder itself."
    ),
    "NO_CONTENT_JSON": _("content/content.json is missing."),
    "KIND_FORBIDDEN": _("{file}: files that end in .{ending} are never allowed."),
    "KIND_NOT_IN_CONTENT": _("{file}: files that end in .{ending} are not allowed in content."),
    "KIND_NOT_IN_LIBRARY": _("{file}: files that end in .{ending} are not allowed in a library."),
    "NO_ENDING": _("{file} has no ending, such as .png. That is not allowed in content."),
    "DOTFILE": _("{file}: names that begin with a dot are not allowed in content."),
    "OTHER_KIND": _("{file} ends in .{ending}, but it is {kind}."),
}

JSON = {
    "JSON_TOO_BIG": _("{file} is {size} MB; at most {limit} MB is allowed."),
    "JSON_TOO_MUCH": _("{file}: all JSON together is more than {limit} MB."),
    "JSON_UTF16": _("{file} is in UTF-16 or UTF-32. Save it as UTF-8."),
    "JSON_NOT_UTF8": _("{file} is not in UTF-8."),
    "JSON_BAD": _("{file} is not sound JSON (line {line}, position {column})."),
    "JSON_NUMBER": _("{file} has a number in it that is not allowed: {number}."),
    "JSON_TOO_DEEP": _("{file} has more than {limit} levels within each other."),
    "JSON_TOO_MANY": _("{file} has more than {limit} values in it."),
    "JSON_CHARACTER": _("{file} has a character in it that cannot be kept."),
    "JSON_NOT_OBJECT": _("{file} must hold one object: {{ … }}."),
}

DESCRIBED = {
    "TITLE": _("{file}: the title is missing, or is not a text of 1 to 255 characters."),
    "MAIN_LIBRARY": _("{file}: mainLibrary is missing or is not a sound name: {value}."),
    "MAIN_NOT_LISTED": _("{file}: preloadedDependencies does not name the main library, {value}."),
    "DEPENDENCIES": _(
        "{file}: {field} must be a list of at most {limit} libraries, each with name and version."
    ),
    "NO_LIBRARY_JSON": _("{file} is missing: a folder beside content must be a library."),
    "MACHINE_NAME": _("{file}: machineName is missing or is not a sound name: {value}."),
    "VERSION": _("{file}: {field} must be a whole number from 0 to 99999."),
    "LIBRARY_TITLE": _("{file}: the title is not a text of 1 to 255 characters."),
    "FOLDER_NAME": _("{file}: its folder should be called {folder}."),
    "LIBRARY_TWICE": _("{file}: the library {library} is in it twice."),
    "TOO_MANY_LIBRARIES": _("{count} libraries are in it; at most {limit} are allowed."),
    "PRELOAD": _("{file}: {field} must be a list of at most {limit} paths."),
    "PRELOAD_PATH": _("{file}: {field} names {path}, and that is not a path within the library."),
    "PRELOAD_ENDING": _("{file}: {field} names {path}, and that does not end in .{ending}."),
    "PRELOAD_MISSING": _("{file}: {field} names {path}, and that file is missing."),
    "CORE_API_BAD": _("{file}: coreApi must have a majorVersion and a minorVersion."),
}

CLOSURE = {
    "LIBRARY_MISSING": _(
        "{file} needs {library}. That library is not in the file and was not approved before."
    ),
    "DEPENDENCY_CYCLE": _("{file}: libraries need each other in a circle: {circle}."),
    "CORE_API": _("{file}: {library} needs core API {asked}; up to {limit} is supported."),
    "MAIN_NOT_RUNNABLE": _("{file}: {library} cannot be played by itself."),
    "CONTENT_LIBRARY": _("{file} uses {library}, but h5p.json does not say that it is needed."),
    "CONTENT_PATH": _("{file} refers to {path}, outside the content."),
    "LIBRARY_NOT_APPROVED": _("{file}: the library {library} has not been approved yet."),
}

MESSAGES = WHOLE | MEMBERS | NAMES | LAYOUT | JSON | DESCRIBED | CLOSURE
