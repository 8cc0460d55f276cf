"""exiftool as the judge of what is left in a copy: technical facts may be, nothing else."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None,
    reason="no exiftool here: install libimage-exiftool-perl (python3 dev.py test offers it)",
)

_OF_THE_FILE = {"SourceFile", "ExifTool", "File", "System", "Composite"}
_PICTURE = r"""
JFIF:(JFIFVersion|ResolutionUnit|[XY]Resolution)
IFD0:Orientation
Adobe:(DCTEncodeVersion|APP14Flags[01]|ColorTransform)
ICC_Profile:.*|ICC-(header|chrm|view|meas|cicp):.*
PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace|Gamma|SRGBRendering
 |WhitePoint[XY]|(Red|Green|Blue)[XY]|BackgroundColor|Transparency|SignificantBits|Palette
 |ProfileName)
PNG:Animation(Frames|Plays)
PNG-pHYs:(PixelUnits|PixelsPerUnit[XY])|PNG-cICP:.*
"""
_RECORDING = r"""
(QuickTime|Track\d+):(MajorBrand|MinorVersion|CompatibleBrands|MediaData(Offset|Size)|TimeScale
 |(Movie|Track|Media)HeaderVersion|(Track|Media|Preview|Selection|Poster)?Duration|PreferredRate
 |PreferredVolume|MatrixStructure|(Preview|Poster|Selection|Current)Time|NextTrackID|TrackID
 |TrackLayer|TrackVolume|(Source)?Image(Width|Height)|GraphicsMode|OpColor|CompressorID|BitDepth
 |[XY]Resolution|VideoFrameRate|MediaTimeScale|HandlerType|Balance|Audio\w+|BufferSize
 |(Max|Average)Bitrate|Color(Primaries|Profiles)|TransferCharacteristics|MatrixCoefficients
 |PixelAspectRatio|VideoFullRangeFlag|MediaLanguageCode|HEVC\w*|General\w*|\w*(Chroma|Luma)\w*
 |CleanAperture\w*|PurchaseFileFormat)
(QuickTime|Track\d+):HandlerVendorID
(Matroska|Track\d+):(EBML\w*|DocType\w*|Duration|TimecodeScale|Track(Number|UID|Type|Default|Language
 |TagTrackUID)|TagTrackUID|CodecID|Video\w+|Display\w+|Audio\w+|Image\w+|ColorRange|Color\w*
 |Transfer\w*|MatrixCoefficients|ChromaSiting\w*)
(Matroska|Opus|Vorbis|FLAC):(MuxingApp|WritingApp|Vendor|OpusVersion|AudioChannels|SampleRate|Output
 Gain|BlockSize\w+|FrameSize\w+|Channels|BitsPerSample|TotalSamples|MD5Signature)
MPEG:(?!Encoder|Copyright$).*|RIFF:(Encoding|NumChannels|SampleRate|AvgBytesPerSec|BitsPerSample)
"""
_ALLOWED = re.compile(
    "|".join(
        f"(?:{line})"
        for line in re.sub(r"\n ", "", _PICTURE + _RECORDING).split("\n")
        if line.strip()
    )
)
_OWN = re.compile(r"Lavf|ffmpeg|Lavf[\d.]+|Lavc[\d.]*( libopus| libvpx-vp9)?")


def said_of(folder: Path) -> list[dict[str, Any]]:
    """What exiftool says of every file in a folder, in one call."""
    command = ["exiftool", "-j", "-a", "-G1", "-ee", "-r", str(folder)]
    answer = subprocess.run(command, check=False, capture_output=True).stdout
    found: list[dict[str, Any]] = json.loads(answer.decode("utf-8", "replace"))
    return found


def tells(said: dict[str, Any]) -> list[str]:
    """What may tell of the person, the place, the time or the device, by exiftool's judgement."""
    return [
        f"{name} = {value}"
        for name, value in said.items()
        if name.split(":", maxsplit=1)[0] not in _OF_THE_FILE and not _is_technical(name, value)
    ]


def _is_technical(name: str, value: Any) -> bool:
    if name.endswith(("CreateDate", "ModifyDate")):
        return str(value).startswith("0000:00:00")
    if name.endswith(("MuxingApp", "WritingApp", "Vendor")):
        return _OWN.fullmatch(str(value)) is not None
    return _ALLOWED.fullmatch(name) is not None
