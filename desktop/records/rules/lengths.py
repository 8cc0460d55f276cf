"""How long a film or sound recording is, in the one wording of screen, tile and paper (R11)."""


def length_words(milliseconds: int) -> str:
    """`4.2 s`, `2 min 5 s`, `1 h 0 min 3 s`: to a tenth below a minute, never nought."""
    tenths = max(round(milliseconds / 100), 1)
    if tenths < 600:
        return f"{tenths / 10:.1f} s"
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min {seconds} s" if hours else f"{minutes} min {seconds} s"
