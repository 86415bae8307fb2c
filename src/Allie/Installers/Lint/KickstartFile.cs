namespace Allie.Installers.Lint;

/// <summary>A kickstart file as the installer takes it apart: lines of the main part, and sections that hold scripts.</summary>
internal sealed class KickstartFile
{
    public static readonly string[] Sections = ["%packages", "%pre", "%pre-install", "%post", "%addon", "%onerror", "%traceback", "%anaconda", "%certificate"];

    private static readonly string[] Scripted = ["%pre", "%pre-install", "%post", "%onerror", "%traceback"];

    private readonly List<(int Line, string Text)> _main = [];
    private readonly List<Script> _scripts = [];
    private readonly List<InstallerFinding> _faults = [];

    private KickstartFile()
    {
    }

    /// <param name="Line">Of the line that opens it; the text begins on the next.</param>
    /// <param name="Header">The words of that line.</param>
    internal sealed record Script(int Line, string[] Header, string Text)
    {
        /// <summary>It runs before the installer reads what the main part includes.</summary>
        public bool IsBefore => Header[0] == "%pre";

        public bool IsShell => Interpreter is "" or "/bin/sh" or "/bin/bash" or "/usr/bin/sh" or "/usr/bin/bash" or "/bin/dash";

        public string Interpreter => new KickstartLine(Header).Value("--interpreter");
    }

    public IReadOnlyList<(int Line, string Text)> Main => _main;

    public IReadOnlyList<Script> Scripts => _scripts;

    /// <summary>What is wrong with the sections themselves.</summary>
    public IReadOnlyList<InstallerFinding> Faults => _faults;

    public static KickstartFile Read(string text)
    {
        var file = new KickstartFile();
        var (header, opened, body) = (Array.Empty<string>(), 0, new List<string>());
        var lines = text.Replace("\r", "").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var first = words.FirstOrDefault() ?? "#";
            if (first == "%end")
            {
                if (header.Length == 0)
                {
                    file._faults.Add(new(i + 1, "stray-end", "%end closes nothing here, and the installer stops", "take it out, or put the line that opens the section back"));
                }

                Close();
            }
            else if (Sections.Contains(first))
            {
                // The installer takes it so within a script too, also where it is meant as text.
                NoEnd();
                Close();
                (header, opened) = (words, i + 1);
                if (first == "%pre" && !words.Contains("--erroronfail"))
                {
                    file._faults.Add(new(opened, "pre-goes-on", "a %pre that fails does not stop the installer", "%pre --erroronfail"));
                }
            }
            else if (header.Length > 0)
            {
                body.Add(lines[i]);
            }
            else if (first[0] != '#')
            {
                file._main.Add((i + 1, lines[i]));
            }
        }

        NoEnd();
        Close();
        return file;

        void NoEnd()
        {
            if (header.Length > 0)
            {
                file._faults.Add(new(opened, "no-end", $"{header[0]} has no %end", "close it with a line %end"));
            }
        }

        void Close()
        {
            if (header.Length > 0 && Scripted.Contains(header[0]))
            {
                file._scripts.Add(new(opened, header, string.Join('\n', body)));
            }

            (header, body) = ([], []);
        }
    }
}
