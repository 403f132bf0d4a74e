#!/usr/bin/env bash
# Installs what the tests need from Debian, builds everything once, runs every test assembly and adds up the results.
# Usage: ./test.sh [arguments for "dotnet test", e.g. --filter FullyQualifiedName~Bird]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

results=$PWD/TestResults
policy=/usr/sbin/policy-rc.d
policy_mark='# placed by the Fairway test.sh; safe to remove'

# Each package and the reason why the tests want it.
packages=(
    "bird2:interop tests speak BGP with BIRD"
    "frr:interop tests speak BGP with FRR, and watch its zebra share a kernel with us"
    "gobgpd:interop tests speak BGP with GoBGP"
    "iproute2:namespaces, links and routes of the tests; 'ip' is also what they compare with"
    "python3:runs the foreign gRPC client"
    "python3-grpcio:a real gRPC client against our gRPC server"
    "tcpdump:shows what is really on the wire"
)
# These watch timers, sockets or a kernel of their own namespaces: each runs with the machine to itself.
alone=(Fairway.Speakers.Native.Tests Fairway.Agent.Tests Fairway.Cli.Tests Fairway.Dataplanes.Linux.Tests Fairway.Interop)

say() { printf '==> %s\n' "$*"; }
die() { printf 'test.sh: %s\n' "$*" >&2; exit 1; }

require_root() {
    [[ $EUID -eq 0 ]] || die "needs root, to install Debian packages and to make network namespaces: run 'sudo ./test.sh'"
}

require_sdk() {
    local get="get it from https://dotnet.microsoft.com/download/dotnet/10.0 or with https://dot.net/v1/dotnet-install.sh --channel 10.0"
    command -v dotnet >/dev/null || die "needs the .NET 10 SDK, but there is no 'dotnet' in root's PATH: $get"
    [[ $(dotnet --list-sdks) =~ (^|$'\n')10\. ]] || die "needs the .NET 10 SDK, but 'dotnet --list-sdks' shows none: $get"
}

# --- Debian packages ---------------------------------------------------------

install_packages() {
    command -v apt-get >/dev/null || die "installs from Debian (or Ubuntu), but there is no apt-get here"
    local missing=() entry package
    for entry in "${packages[@]}"; do
        package=${entry%%:*}
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true) == installed ]] && continue
        missing+=("$package")
        say "will install $package: ${entry#*:}"
    done
    if [[ ${#missing[@]} -eq 0 ]]; then
        say "all Debian packages are there"
        return
    fi
    forbid_daemons
    apt_install "${missing[@]}"
    allow_daemons
    keep_off_at_boot "${missing[@]}"
}

# Nor may the new daemons start at the next boot of a machine where nobody wanted them before.
keep_off_at_boot() {
    local package
    command -v systemctl >/dev/null || return 0
    for package in "$@"; do
        case $package in
            bird2) systemctl disable --quiet bird.service || true ;;
            frr | gobgpd) systemctl disable --quiet "$package.service" || true ;;
        esac
    done
}

apt_install() {
    local install=(apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@")
    export DEBIAN_FRONTEND=noninteractive
    if apt-cache show "$@" >/dev/null 2>&1 && "${install[@]}"; then
        return
    fi
    say "the package lists are missing or old: apt-get update"
    apt-get update -qq
    "${install[@]}" || die "apt-get could not install: $*"
}

# While packages are unpacked, policy-rc.d keeps their daemons from starting on this host.
forbid_daemons() {
    if [[ -e $policy ]] && ! grep -qF "$policy_mark" "$policy"; then
        mv "$policy" "$policy.fairway-saved"
    fi
    printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" >"$policy"
    chmod 755 "$policy"
}

allow_daemons() {
    if [[ -e $policy ]] && grep -qF "$policy_mark" "$policy"; then
        rm -f "$policy"
    fi
    if [[ -e $policy.fairway-saved && ! -e $policy ]]; then
        mv "$policy.fairway-saved" "$policy"
    fi
}

# --- Leftovers of a test run that was killed -----------------------------------

# The tests name their namespaces and scratch folders fwt-<pid>-...; those of a process that is gone are garbage.
is_leftover() {
    [[ $1 =~ ^fwt-([0-9]+)- && ! -d /proc/${BASH_REMATCH[1]} ]]
}

sweep_leftovers() {
    local name pid path
    while read -r name _; do
        if is_leftover "$name"; then
            say "removing namespace $name of an earlier run"
            for pid in $(ip netns pids "$name"); do
                kill -KILL "$pid" 2>/dev/null || true
            done
            ip netns delete "$name"
        fi
    done < <(ip netns list)
    for path in /tmp/fwt-*; do
        if is_leftover "${path#/tmp/}"; then rm -rf "$path"; fi
    done
}

# --- Running -----------------------------------------------------------------

# Runs one assembly and leaves "passed failed skipped" in <name>.counts. A crash, a hang or no test at all is a failure.
run_assembly() {
    local name=$1 started=$SECONDS log=$results/$1.log trx=$results/$1.trx status=0
    shift
    timeout --foreground --kill-after=30s 30m dotnet test "test/$name/bin/Release/net10.0/$name.dll" "$@" \
        --results-directory "$results" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=normal" \
        --blame-hang-timeout 10m --blame-hang-dump-type none >"$log" 2>&1 </dev/null || status=$?

    local total=0 executed=0 passed=0 note=""
    if [[ -e $trx ]]; then
        total=$(counter total "$trx") executed=$(counter executed "$trx") passed=$(counter passed "$trx")
    fi
    local failed=$((executed - passed)) skipped=$((total - executed))
    if [[ $status -ne 0 && $failed -eq 0 ]]; then
        failed=1 note=" (the test run itself broke: exit code $status)"
    elif [[ $total -eq 0 && $filtered == no ]]; then
        failed=1 note=" (no test ran)"
    fi
    [[ $failed -eq 0 ]] || sed -e '/^  Passed /d' -e "s/^/    $name | /" "$log"
    printf '%-36s %5d passed, %d failed, %d skipped, %d s%s\n' "$name" "$passed" "$failed" "$skipped" $((SECONDS - started)) "$note"
    echo "$passed $failed $skipped" >"$results/$name.counts"
}

# One number of the trx summary: <Counters total="5" executed="5" passed="5" ... />.
counter() {
    local line
    line=$(grep -m1 -o '<Counters [^>]*>' "$2" || true)
    [[ $line =~ \ $1=\"([0-9]+)\" ]] && echo "${BASH_REMATCH[1]}" || echo 0
}

run_all() {
    local project name together=()
    for project in test/*/*.csproj; do
        name=$(basename "$project" .csproj)
        [[ $name == Fairway.Testing || " ${alone[*]} " == *" $name "* ]] || together+=("$name")
    done
    set -m # each job gets a process group, so that leaving early can end all of it
    for name in "${together[@]}"; do
        while (($(jobs -rp | wc -l) >= 2)); do wait -n || true; done
        run_assembly "$name" "$@" &
    done
    wait
    for name in "${alone[@]}"; do
        run_assembly "$name" "$@" &
        wait
    done
    add_up "${together[@]}" "${alone[@]}"
}

add_up() {
    local name counts passed=0 failed=0 skipped=0
    for name in "$@"; do
        counts=(0 1 0) # nothing reported: that is a failure
        [[ ! -e $results/$name.counts ]] || read -ra counts <"$results/$name.counts"
        passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
    done
    if ((passed + failed == 0)); then
        echo "test.sh: no test ran at all" >&2
        failed=1
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    ((failed == 0))
}

leave() {
    local job
    for job in $(jobs -rp); do kill -TERM -- "-$job" 2>/dev/null || true; done
    [[ $EUID -ne 0 ]] || allow_daemons
    # Under sudo the build output should still belong to the person who owns the clone.
    if [[ -n ${SUDO_UID:-} ]]; then
        find . \( -name bin -o -name obj -o -name TestResults \) -prune -exec chown -R --reference=test.sh {} +
    fi
}

filtered=no
[[ " $* " != *" --filter"* ]] || filtered=yes
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 PATH="$PATH:/usr/sbin:/sbin"
require_root
require_sdk
trap leave EXIT
trap 'exit 130' INT TERM
install_packages
sweep_leftovers
rm -rf "$results"
mkdir -p "$results"
say "building everything (Release)"
dotnet build Fairway.slnx -c Release -v quiet -nodeReuse:false || die "the build failed"
say "running all tests; logs and trx files go to TestResults/"
run_all "$@"
