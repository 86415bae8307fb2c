using System.Text;

namespace Allie.Installers.Lint;

/// <summary>
/// The simple commands of a shell script, in the order of the text, also those within $( ), ` ` and sh -c. It is a reader for lint: it takes each
/// branch, knows no functions and puts nothing in for variables (the grammar: POSIX, Shell Command Language, 2.2 to 2.7).
/// </summary>
internal sealed class ShellScript
{
    private const int Open = -1;
    private readonly string _text;
    private readonly List<ShellCommand> _commands = [];
    private readonly List<(int Command, string End, bool Tabs)> _documents = [];
    private readonly StringBuilder _word = new();
    private List<string> _words = [], _targets = [];
    private int _at, _line = 1, _begunOn = 1;
    private bool _begun, _quoted;
    private string _redirect = "";

    private ShellScript(string text) => _text = text.Replace("\r", "");

    public static IReadOnlyList<ShellCommand> Read(string text)
    {
        var script = new ShellScript(text);
        script.Commands();
        return [.. script._commands.SelectMany(Within)];
    }

    /// <summary>And what sh -c or eval is given.</summary>
    private static IEnumerable<ShellCommand> Within(ShellCommand command)
    {
        var arguments = command.Arguments.ToList();
        var inner = command.Name is "sh" or "bash" or "ash" or "dash" && arguments.IndexOf("-c") is var at and >= 0 ? arguments.ElementAtOrDefault(at + 1)
            : command.Name == "eval" ? string.Join(' ', arguments)
            : null;
        return inner is null ? [command] : [command, .. Read(inner).Select(c => c with { Line = command.Line + c.Line - 1 })];
    }

    private void Commands()
    {
        while (_at < _text.Length)
        {
            var letter = _text[_at++];
            switch (letter)
            {
                case '\n':
                    EndCommand();
                    _line++;
                    Documents();
                    break;
                case ' ' or '\t':
                    EndWord();
                    break;
                case ';' or '|' or '(' or ')' or '`':
                    EndCommand();
                    break;
                case '&' when _redirect.Length > 0 && !_begun: // >&2
                    break;
                case '&' when Next() == '>': // &>file
                    break;
                case '&':
                    EndCommand();
                    break;
                case '#' when !_begun:
                    Until('\n');
                    break;
                case '<' or '>':
                    Redirect(letter);
                    break;
                default:
                    Letter(letter);
                    break;
            }
        }

        EndCommand();
    }

    private void Letter(char letter)
    {
        Begin();
        switch (letter)
        {
            case '\\' when Next() == '\n':
                (_at, _line) = (_at + 1, _line + 1);
                _begun = _word.Length > 0 || _quoted;
                break;
            case '\\' when _at < _text.Length:
                _word.Append(_text[_at++]);
                break;
            case '\'':
                _quoted = true;
                _word.Append(Until('\''));
                _at++;
                break;
            case '"':
                _quoted = true;
                DoubleQuoted();
                break;
            case '$':
                Dollar();
                break;
            default:
                _word.Append(letter);
                break;
        }
    }

    private void DoubleQuoted()
    {
        while (_at < _text.Length && _text[_at] != '"')
        {
            var letter = _text[_at++];
            if (letter == '$')
            {
                Dollar();
            }
            else if (letter == '\\' && _at < _text.Length && _text[_at] is '"' or '\\' or '$' or '`' or '\n')
            {
                _line += _text[_at] == '\n' ? 1 : 0;
                _word.Append(_text[_at++]);
            }
            else
            {
                _line += letter == '\n' ? 1 : 0;
                _word.Append(letter);
            }
        }

        _at++;
    }

    /// <summary>${...} and $((...)) are part of the word; of $(...) the commands are read too.</summary>
    private void Dollar()
    {
        var start = _at - 1;
        var (open, close) = Next() switch { '{' => ('{', '}'), '(' => ('(', ')'), _ => ('\0', '\0') };
        var depth = 0;
        for (var first = true; open != '\0' && _at < _text.Length && (first || depth > 0); first = false)
        {
            depth += _text[_at] == open ? 1 : _text[_at] == close ? -1 : 0;
            _line += _text[_at++] == '\n' ? 1 : 0;
        }

        var whole = _text[start.._at];
        _word.Append(whole);
        if (open == '(' && !whole.StartsWith("$((", StringComparison.Ordinal))
        {
            var first = _line - whole.Count(c => c == '\n');
            _commands.AddRange(Read(whole[2..].TrimEnd(')')).Select(c => c with { Line = first + c.Line - 1 }));
        }
    }

    private void Redirect(char letter)
    {
        if (_begun && !_quoted && _word.ToString().All(char.IsAsciiDigit)) // 2>file
        {
            (_begun, _word.Length) = (false, 0);
        }

        EndWord();
        _redirect = letter.ToString();
        while (Next() is '<' or '>' or '|' or '-')
        {
            _redirect += _text[_at++];
        }
    }

    private void Begin()
    {
        if (!_begun && _words.Count == 0 && _targets.Count == 0)
        {
            _begunOn = _line;
        }

        _begun = true;
    }

    private void EndWord()
    {
        if (!_begun)
        {
            return;
        }

        var word = _word.ToString();
        if (_redirect is "<<" or "<<-")
        {
            _documents.Add((Open, word, _redirect == "<<-"));
        }
        else if (_redirect.StartsWith('>'))
        {
            _targets.Add(word);
        }
        else if (_redirect.Length == 0)
        {
            _words.Add(word);
        }

        (_begun, _quoted, _redirect, _word.Length) = (false, false, "", 0);
    }

    private void EndCommand()
    {
        EndWord();
        if (_words.Count + _targets.Count > 0)
        {
            var number = _commands.Count;
            _commands.Add(new(_begunOn, _words, _targets));
            (_words, _targets) = ([], []);
            for (var i = 0; i < _documents.Count; i++)
            {
                _documents[i] = _documents[i] with { Command = _documents[i].Command == Open ? number : _documents[i].Command };
            }
        }
    }

    /// <summary>The here-documents that were announced on the line before.</summary>
    private void Documents()
    {
        foreach (var (command, end, tabs) in _documents)
        {
            var lines = new List<(int, string)>();
            while (_at < _text.Length)
            {
                var line = Until('\n');
                _at++;
                var (number, text) = (_line++, tabs ? line.TrimStart('\t') : line);
                if (text == end)
                {
                    break;
                }

                lines.Add((number, text));
            }

            if (command != Open)
            {
                _commands[command] = _commands[command] with { Document = lines };
            }
        }

        _documents.Clear();
    }

    private char Next() => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>Up to the letter or the end, without it.</summary>
    private string Until(char letter)
    {
        var end = _text.IndexOf(letter, _at) is var found and >= 0 ? found : _text.Length;
        var passed = _text[_at..end];
        _at = end;
        _line += passed.Count(c => c == '\n');
        return passed;
    }
}
