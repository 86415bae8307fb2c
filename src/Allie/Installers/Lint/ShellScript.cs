using System.Text;

namespace Allie.Installers.Lint;

/// <summary>
/// The simple commands of a shell script, in the order of the text, also those within $( ), ` ` and sh -c. It is a reader for lint: it takes each
/// branch, knows no functions and puts nothing in for variables (the grammar: POSIX, Shell Command Language, 2.2 to 2.7).
/// </summary>
internal sealed class ShellScript
{
    private const int NotEnded = -1;
    private readonly TextCursor _text;
    private readonly List<ShellCommand> _commands = [];
    private readonly List<(int Command, string End, bool Tabs)> _documents = [];
    private readonly StringBuilder _word = new();
    private List<string> _words = [], _targets = [];
    private int _line = 1;
    private bool _begun, _quoted;
    private string _redirect = "";

    private ShellScript(string text) => _text = new(text.Replace("\r", ""));

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
        while (!_text.IsAtEnd)
        {
            var line = _text.Line;
            var letter = _text.Take();
            switch (letter)
            {
                case '\n':
                    EndCommand();
                    Documents();
                    break;
                case ' ' or '\t':
                    EndWord();
                    break;
                case '&' when _text.Next == '>' || (_redirect.Length > 0 && !_begun): // &>file, >&2
                    break;
                case ';' or '&' or '|' or '(' or ')' or '`':
                    EndCommand();
                    break;
                case '#' when !_begun:
                    _text.TakeThrough('\n');
                    EndCommand();
                    Documents();
                    break;
                case '<' or '>':
                    Redirect(letter);
                    break;
                case '\\' when _text.Next == '\n':
                    _text.Take();
                    break;
                default:
                    Letter(letter, line);
                    break;
            }
        }

        EndCommand();
    }

    private void Letter(char letter, int line)
    {
        if (!_begun && _words.Count + _targets.Count == 0)
        {
            _line = line;
        }

        _begun = true;
        _quoted |= letter is '\'' or '"';
        switch (letter)
        {
            case '\\' when !_text.IsAtEnd:
                _word.Append(_text.Take());
                break;
            case '\'':
                _word.Append(_text.TakeThrough('\''));
                break;
            case '"':
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
        while (!_text.IsAtEnd && _text.Take() is var letter && letter != '"')
        {
            if (letter == '$')
            {
                Dollar();
            }
            else
            {
                _word.Append(letter == '\\' && _text.Next is '"' or '\\' or '$' or '`' or '\n' ? _text.Take() : letter);
            }
        }
    }

    /// <summary>${...} and $((...)) are part of the word; of $(...) the commands are read too.</summary>
    private void Dollar()
    {
        var line = _text.Line;
        var whole = _text.Next switch { '{' => _text.TakeBracket('{', '}'), '(' => _text.TakeBracket('(', ')'), _ => "" };
        _word.Append('$').Append(whole);
        if (whole.StartsWith('(') && !whole.StartsWith("((", StringComparison.Ordinal))
        {
            _commands.AddRange(Read(whole[1..].TrimEnd(')')).Select(c => c with { Line = line + c.Line - 1 }));
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
        while (_text.Next is '<' or '>' or '|' or '-')
        {
            _redirect += _text.Take();
        }
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
            _documents.Add((NotEnded, word, _redirect == "<<-"));
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
            _commands.Add(new(_line, _words, _targets));
            (_words, _targets) = ([], []);
            for (var i = 0; i < _documents.Count; i++)
            {
                _documents[i] = _documents[i] with { Command = _documents[i].Command == NotEnded ? number : _documents[i].Command };
            }
        }
    }

    /// <summary>The here-documents that were announced on the line before.</summary>
    private void Documents()
    {
        foreach (var (command, end, tabs) in _documents)
        {
            var lines = new List<(int, string)>();
            while (!_text.IsAtEnd)
            {
                var number = _text.Line;
                var line = _text.TakeThrough('\n');
                var text = tabs ? line.TrimStart('\t') : line;
                if (text == end)
                {
                    break;
                }

                lines.Add((number, text));
            }

            if (command != NotEnded)
            {
                _commands[command] = _commands[command] with { Document = lines };
            }
        }

        _documents.Clear();
    }
}
