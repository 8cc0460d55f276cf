"""A film or recording that is open for playing: unsealed as it is read, closed at lock."""

from threading import Lock

from desktop.media.player import MediaPlayer
from desktop.media.player_facts import Film, Frames, Samples, Want
from desktop.media.untrusted import Untrusted
from desktop.records.deeds.looking import open_original
from desktop.records.facts.ids import ImageId
from desktop.verbs.workstation import OfficeLocked, Workstation


class OpenFilm:
    """One image being played. The office is borrowed for each call and not for the film, so that a
    lock waits for a fraction of a second; it then ends the film. Safe from any lane.

    Opening writes one line into the trail. Raises OfficeLocked, CannotPlay, and what opening and
    reading an original raises.
    """

    def __init__(self, station: Workstation, image: ImageId) -> None:
        self._station = station
        self._one_at_a_time = Lock()
        self._is_closed = False
        with station.using() as office:
            self._reader = open_original(office.vault, image=image, by=office.person)
            self._player = MediaPlayer(Untrusted(self._reader, size=self._reader.size))
            station.until_lock(self)  # before it opens: a lock need not wait for a film that hangs
            try:
                self.film: Film = self._player.open()
            except BaseException:
                self.close()
                raise

    def frames(self, want: Want) -> Frames:
        """Some of its frames, in a fraction of a second."""
        with self._station.using(), self._one_at_a_time:
            return self._open_player().frames(want)

    def sound(self, time: int, samples: int, *, speed: float = 1.0) -> Samples:
        """So many samples from a time on."""
        with self._station.using(), self._one_at_a_time:
            return self._open_player().sound(time, samples, speed=speed)

    def stop(self) -> None:
        """End the worker now, whatever it is at, without waiting."""
        self._player.stop()

    def close(self) -> None:
        """End the worker with all that it decoded, and wipe what was read last. Twice is safe."""
        self._station.let_go_of(self)
        with self._one_at_a_time:
            self._is_closed = True
            self._player.close()
            self._reader.close()

    def _open_player(self) -> MediaPlayer:
        if self._is_closed:  # another office may be open by now
            raise OfficeLocked
        return self._player
