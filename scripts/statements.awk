# statements.awk: C as one statement a line, without comments, preprocessor
# lines and runs of blanks, so that two layouts of it can be compared.

# Comments go, what strings hold stays; a comment may last many lines.
function without_comments(s,    out, token)
{
    if (in_comment) {
        if (!index(s, "*/"))
            return ""
        s = substr(s, index(s, "*/") + 2)
        in_comment = 0
    }
    while (match(s, /"([^"\\]|\\.)*"|'([^'\\]|\\.)*'|\/\*|\/\//)) {
        token = substr(s, RSTART, RLENGTH)
        out = out substr(s, 1, RSTART - 1)
        s = substr(s, RSTART + RLENGTH)
        if (token == "//")
            return out
        if (token == "/*") {
            if (!index(s, "*/")) {
                in_comment = 1
                return out
            }
            s = substr(s, index(s, "*/") + 2)
        } else {
            out = out token
        }
    }
    return out s
}

function flush()
{
    gsub(/; \)/, ";)", statement)
    gsub(/ \(\*/, "(*", statement)
    gsub(/\) \(/, ")(", statement)
    gsub(/\) \./, ").", statement)
    gsub(/sizeof \(/, "sizeof(", statement)
    if (statement != "")
        print indent statement
    statement = ""
}

function balanced(s) { return gsub(/\(/, "", s) == gsub(/\)/, "", s) }

# What a complete if (...), for (...) or else governs has a line of its own.
function ends(s)
{
    sub(/^((case [^:?]*|default): )+/, "", s)
    if (s ~ /^for \(/ && !balanced(s))
        return 0
    return s ~ /[;{}]$/ || s ~ /^(\} )?(else|do)$/ || \
           s ~ /^((\} )?else )?(if|for|while|switch) \(.*\)$/ && balanced(s)
}

# With `hold`, what closes here may go on: a struct, and then its variable.
function add(line, hold)
{
    if (line ~ /^\{/)           # a function's brace has a line of its own
        flush()
    if (statement == "") {
        match(line, /^ */)
        indent = substr(line, 1, RLENGTH)
        statement = substr(line, RLENGTH + 1)
    } else {
        sub(/^ */, "", line)
        statement = statement " " line
    }
    if (!hold && ends(statement))
        flush()
}

# head { one; two; } tail: as many lines as clang-format would make of it
function spread(line,    head, body, tail, margin, part, n, i)
{
    head = substr(line, 1, RSTART - 1)
    body = substr(line, RSTART + 1, RLENGTH - 2)
    tail = substr(line, RSTART + RLENGTH)
    match(line, /^ */)
    margin = substr(line, 1, RLENGTH)
    if (margin == "" && head ~ /\) $/) {
        sub(/ $/, "", head)
        add(head)
        add("{")
    } else {
        add(head "{")
    }
    n = split(body, part, ";")
    for (i = 1; i < n; i++) {
        sub(/^ */, "", part[i])
        add(margin "    " part[i] ";")
    }
    sub(/^ */, "", part[n])
    part[n] = part[n] == "" ? margin : margin "    " part[n]
    add(part[n] "}" tail, tail == "" && head ~ /(struct|union) /)
}

{
    line = without_comments($0)
    directive = continued || line ~ /^ *#/
    continued = directive && line ~ /\\$/
    if (directive)
        next
    sub(/ +$/, "", line)
    match(line, /^ */)
    margin = substr(line, 1, RLENGTH)
    line = substr(line, RLENGTH + 1)
    gsub(/  +/, " ", line)
    if (line == "")
        next
    line = margin line
    if (match(line, /\{[^{}]*;[^{}]*\}/) ||
        line ~ /^ *struct [A-Za-z_]+ / && match(line, /\{[^{}=]*\}/))
        spread(line)
    else
        add(line)
}

END { flush() }
