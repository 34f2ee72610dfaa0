# check-floors.awk: a line for each offence of the files named as arguments.
# The tables `rooms` and `headers` come from check-floors.

BEGIN {
    count = split(rooms, row, "\n")
    for (i = 3; i < count; i++) {
        split(row[i], field, " ")
        floor[field[1]] = field[2]
        tower[field[1]] = field[3]
        speech[field[1]] = field[4]
    }
    count = split(headers, row, /[ \n]+/)
    for (i = 1; i <= count; i++) {
        colon = index(row[i], ":")
        allowed[substr(row[i], colon + 1)] = \
            colon ? substr(row[i], 1, colon - 1) : "all"
    }
}

function refuse(line, text) { print file ":" line ": " text }

# The room that a path leads into, or "".
function room_of(path)
{
    while (path ~ /\//) {
        sub(/\/[^\/]*$/, "", path)
        if (path in floor)
            return path
    }
    return ""
}

function includes_room(path,    to)
{
    to = room_of(path)
    if (room == "fixtures") {
        if (path ~ /(harness|cases|reports)\//)
            refuse(FNR, "fixtures is a vendor's code and knows no room: " path)
    } else if (to == "") {
        refuse(FNR, "no such room: " path " (write it from the top folder)")
    } else if (to == room || tower[room] == "all") {
        return
    } else if (tower[to] == "vendor") {
        refuse(FNR, path " is a vendor's, not ours to know")
    } else if (tower[room] != "ground" && tower[to] != "ground" && \
               tower[to] != "all" && tower[to] != tower[room]) {
        refuse(FNR, path " is in the other tower (" tower[to] ")")
    } else if (floor[to] == floor[room]) {
        refuse(FNR, path " is beside it, on floor " floor[to])
    } else if (floor[to] > floor[room]) {
        refuse(FNR, path " is above it: floor " floor[to] ", used on floor " \
               floor[room])
    }
}

function includes_header(name,    who, folder)
{
    folder = name
    sub(/\/.*/, "/", folder)
    who = name in allowed ? allowed[name] : allowed[folder]
    if (speech[room] != "free" && who != "all" && who != tower[room])
        refuse(FNR, "<" name "> is not for " room \
               (who == "" ? ": the system is reached through harness/platform" \
                : ": it is for the " who))
}

function file_ends()
{
    if (lines > 400 && file ~ /\.([ch]|[ch]pp)$/)
        print file ": " lines " lines, at most 400"
}

FNR == 1 {
    file_ends()
    file = FILENAME
    room = room_of(file)
    if (room == "" && file ~ /\//)
        if (file !~ /(^|\/)CMakeLists\.txt$/)
            refuse(1, "is not in a room; check-floors has the table")
    start = 0
}

{
    lines = FNR
    if (room == "")
        next
}

file ~ /CMakeLists\.txt$/ {
    if (speech[room] != "free" && /_(POSIX_C|GNU|XOPEN|DEFAULT)_SOURCE/)
        refuse(FNR, "speaks to the system; only harness/platform and " \
               "harness/fault do")
    next
}

length($0) > 80 { refuse(FNR, length($0) " columns, at most 80") }

/^[ \t]*#[ \t]*include/ {
    name = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
    if (match(name, /^"[^"]*"/))
        includes_room(substr(name, 2, RLENGTH - 2))
    else if (match(name, /^<[^>]*>/))
        includes_header(substr(name, 2, RLENGTH - 2))
    else
        refuse(FNR, "#include " name " cannot be checked")
}

# Names that belong to compilers and systems begin with an underscore; the
# others are old habits. harness/fault speaks to its system by its own files.
/^[ \t]*#[ \t]*(if|ifdef|ifndef|elif)/ && room !~ /^fixtures/ &&
room != "harness/platform" && room != "harness/base" &&
/[^A-Za-z0-9_](_[A-Z_]|(WIN32|WIN64|linux|unix)([^A-Za-z0-9_]|$))/ {
    refuse(FNR, "speaks to the system: a file a system, in harness/platform")
}

speech[room] != "free" &&
/^[ \t]*#[ \t]*define[ \t]+_(POSIX_C|GNU|XOPEN|DEFAULT)_SOURCE/ {
    refuse(FNR, "speaks to the system; that is for harness/platform")
}

# A function's brace is at the left edge, where nothing else's is.
/^[A-Za-z_].*\(/ { head = $0 }
/^\{/ { start = FNR }
/^\}/ {
    if (start && FNR - start + 1 > 50) {
        sub(/\(.*/, "", head)
        sub(/.*[ *]/, "", head)
        refuse(start, head " has " FNR - start + 1 " lines, at most 50")
    }
    start = 0
}

END { file_ends() }
