using System.Text;

namespace Allie.Installers.Lint;

/// <summary>One line of the main part of a kickstart file, split as the installer does it: as a shell would, with quotes and comments.</summary>
internal sealed record KickstartLine(IReadOnlyList<string> Words)
{
    public string Name => Words[0];

    /// <summary>Null: a quote stays open, or the line ends in \, which does not go on on the next.</summary>
    public static KickstartLine? Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, begun) = ('\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (quote == '\0' && letter is ' ' or '\t')
            {
                Finish();
            }
            else if (quote == '\0' && letter == '#' && !begun)
            {
                break;
            }
            else if (letter == '\\' && quote != '\'')
            {
                if (++i == line.Length)
                {
                    return null;
                }

                word.Append(line[i]);
                begun = true;
            }
            else if (letter == quote || (quote == '\0' && letter is '\'' or '"'))
            {
                (quote, begun) = (quote == '\0' ? letter : '\0', true);
            }
            else
            {
                word.Append(letter);
                begun = true;
            }
        }

        Finish();
        return quote == '\0' ? new(words) : null;

        void Finish()
        {
            if (begun)
            {
                words.Add(word.ToString());
            }

            (begun, word.Length) = (false, 0);
        }
    }

    public bool Has(string option) => Words.Any(w => w == option || w.StartsWith(option + "=", StringComparison.Ordinal));

    /// <summary>Of --option=value, or of --option value; "": there is none.</summary>
    public string Value(string option) =>
        Words.Select((w, i) => w == option ? Words.ElementAtOrDefault(i + 1) : w.StartsWith(option + "=", StringComparison.Ordinal) ? w[(option.Length + 1)..] : null)
            .LastOrDefault(v => v is not null) ?? "";

    /// <summary>The words that are no options, behind the name.</summary>
    public IEnumerable<string> Plain => Words.Skip(1).Where(w => !w.StartsWith('-'));
}
