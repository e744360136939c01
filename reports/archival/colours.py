"""Colours: all of them must be those of the output intent, which is sRGB (ISO 19005-3, 6.2.3 and 6.2.4)."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

DEVICE = {"DeviceRGB", "DeviceGray", "Pattern"}  # grey is allowed with any output intent
MEASURED = {"CalRGB", "CalGray", "Lab"}
COMPONENTS = {"GRAY": 1, "RGB ": 3, "Lab ": 3, "CMYK": 4}
MODES = {"L": 1, "RGB": 3}  # of a JPEG, with the number of its components
INTENTS = {"RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation"}
BLENDS = {
    *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge"),
    *("ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation"),
    *("Color", "Luminosity"),
}


def problem_of(space) -> str:
    """Returns what is wrong with a colour space; "" when it may be used."""
    family = str(space[0] if isinstance(space, Array) else space)[1:]
    if family in DEVICE and not (isinstance(space, Array) and len(space) > 1):
        return ""
    if family in MEASURED:
        return ""
    if family == "ICCBased":
        return profile_problem(space[1], ("scnr", "mntr", "prtr", "spac"))
    if family in ("Indexed", "Pattern"):
        return problem_of(space[1])
    return family


def profile_problem(profile: Stream, classes) -> str:
    """Returns what is wrong with an ICC profile."""
    content = profile.read_bytes()
    kind, space = content[12:16].decode("latin-1"), content[16:20].decode("latin-1")
    if content[36:40] != b"acsp" or content[8] >= 5 or kind not in classes:
        return "an unsuitable ICC profile"
    if COMPONENTS.get(space) != profile.get(Name.N):
        return "an ICC profile with another number of components"
    return ""


def there_is_one_output_intent(reading) -> Iterator[str]:
    intents = list(reading.pdf.Root.get(Name.OutputIntents, ()))
    if len(intents) != 1 or intents[0].get(Name.S) != Name.GTS_PDFA1:
        yield f"{len(intents)} output intents"
        return
    profile = intents[0].get(Name.DestOutputProfile)
    if profile is None:
        yield "an output intent without a profile"
    elif words := profile_problem(profile, ("mntr", "prtr")):
        yield words
    elif profile.read_bytes()[16:20] != b"RGB ":
        yield "an output intent that is not for RGB"


def only_its_colours_are_drawn(reading) -> Iterator[str]:
    yield from sorted(reading.drawn.colours)


def pictures_have_its_colours(reading) -> Iterator[str]:
    for stream in reading.streams:
        if stream.get(Name.Subtype) == Name.Image and Name.ColorSpace in stream:
            if words := problem_of(stream.ColorSpace):
                yield f"{words} in a picture"
            elif stream.get(Name.Filter) == Name.DCTDecode:
                yield from _jpeg_problem(stream)


def _jpeg_problem(stream):
    """The file inside may have other components than the PDF says."""
    try:
        with Image.open(BytesIO(stream.read_raw_bytes()), formats=["JPEG"]) as picture:
            components = MODES.get(picture.mode)
    except OSError:
        components = None
    if components != {"/DeviceGray": 1, "/DeviceRGB": 3}.get(str(stream.ColorSpace), components):
        yield "a JPEG with other colours than its picture"
    elif components is None:
        yield "a JPEG that cannot be read"


def pictures_are_plain(reading) -> Iterator[str]:
    """ISO 19005-3, 6.2.8."""
    for stream in reading.streams:
        if stream.get(Name.Subtype) != Name.Image:
            continue
        if Name.Alternates in stream or Name.OPI in stream:
            yield "a picture with alternatives"
        if stream.get(Name.Interpolate, False):
            yield "a picture that readers may smooth"
        if stream.get(Name.BitsPerComponent, 8) not in (1, 2, 4, 8, 16):
            yield "a picture with another number of bits"
        if stream.get(Name.Filter) == Name.JPXDecode:
            yield "a picture as JPEG 2000, into which nobody looks"


def forms_are_plain(reading) -> Iterator[str]:
    """ISO 19005-3, 6.2.9."""
    for stream in reading.streams:
        kind = stream.get(Name.Subtype)
        if kind == Name.PS or (
            kind == Name.Form and {"/OPI", "/PS", "/Subtype2", "/Ref"} & set(stream.keys())
        ):
            yield "a form with PostScript or a reference"


def transparency_is_known(reading) -> Iterator[str]:
    """ISO 19005-3, 6.2.5 and 6.2.10: the colours in which is blended, too, are those of the intent."""
    for state in _states(reading):
        if {"/TR", "/HTP"} & set(state.keys()) or state.get("/TR2", Name.Default) != Name.Default:
            yield "a transfer function"
        blends = state.get("/BM", Name.Normal)
        for blend in blends if isinstance(blends, Array) else [blends]:
            if str(blend)[1:] not in BLENDS:
                yield f"the blend mode {blend}"
    groups = [page.obj.get(Name.Group) for page in reading.pdf.pages]
    groups += [stream.get(Name.Group) for stream in reading.streams]
    for group in groups:
        if group is not None and Name.CS in group and (words := problem_of(group.CS)):
            yield f"{words} for blending"


def _states(reading):
    seen = set()
    holders = [page.resources for page in reading.pdf.pages]
    holders += [stream.Resources for stream in reading.streams if Name.Resources in stream]
    for resources in holders:
        states = resources.get(Name.ExtGState, Dictionary())
        if (key := states.objgen) in seen and key != (0, 0):
            continue
        seen.add(key)
        yield from (
            state for state in dict(states).values() if isinstance(state, pikepdf.Dictionary)
        )


def intents_are_known(reading) -> Iterator[str]:
    yield from sorted(f"the intent {name}" for name in reading.drawn.intents - INTENTS)
