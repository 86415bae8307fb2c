using Allie.Linux.Images.Fetch;
using Allie.Rsync;
using Spectre.Console;

namespace Allie.Cli.Output;

/// <summary>Tables on stdout and progress on stderr. A bar only on a terminal; else one plain line per step.</summary>
internal static class Screen
{
    /// <summary>Columns aligned, no borders, nothing cut: lines of a pipe are as long as they must be.</summary>
    internal static void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected || console.Profile.Width < 20)
        {
            console.Profile.Width = 4000;
        }

        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var head in heads)
        {
            table.AddColumn(new TableColumn(new Text(head.ToUpperInvariant())) { NoWrap = true, Padding = new(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
    }

    /// <summary>Runs a transfer under a bar (percent, rate, files, time left) or, without a terminal, one line before it.</summary>
    internal static void Transfer(string title, Action<Action<RsyncProgress>> run)
    {
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(title + " ...");
            run(_ => { });
            return;
        }

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        if (console.Profile.Width < 20)
        {
            console.Profile.Width = 80; // some terminals report 0 columns
        }

        console.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(bars =>
            {
                var task = bars.AddTask(Markup.Escape(title));
                run(at =>
                {
                    task.Value = at.Percent;
                    var files = at.FilesTotal is { } total ? $"{total - at.FilesLeft}/{total} files" : "";
                    task.Description = Markup.Escape($"{title}  {at.Rate}  {files}  {at.Remaining}");
                });
                task.Value = 100;
            });
    }

    /// <summary>One line on stderr for a step that is being done.</summary>
    internal static void Say(string line) => Console.Error.WriteLine(line);
}
