from enum import StrEnum


class Depth(StrEnum):
    SIGNED_UP = "signed-up"
    READING = "reading"
    READ = "read"
    ALMOST = "almost"
    UNDERSTOOD = "understood"
