# A system bus, udev, UDisks2 and a loop device as the card; run in namespaces of its own by
# test_ejecting.py. Words: a private folder, and the Python to use.
set -e
folder=$1 python=$2
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /media
mount -t sysfs sysfs /sys
mount -t proc proc /proc
mkdir -p /run/udev /run/udisks2
dbus-daemon --session --address="unix:path=$folder/bus" --fork --nopidfile
export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$folder/bus"
/lib/systemd/systemd-udevd --daemon
/usr/libexec/udisks2/udisksd > "$folder/udisksd.log" 2>&1 &
truncate -s 16M "$folder/card"
mkfs.ext4 -q -L EOS_DIGITAL "$folder/card"
card=$(losetup -f --show "$folder/card")
trap 'umount "$card" 2> /dev/null || true; losetup -d "$card"' EXIT
udevadm trigger --action=add "$card"
udevadm settle
"$python" "$(dirname "$0")/real_udisks_card.py" "$card"
