using Allie.Errors;
using Allie.Installers.Bootstrap;
using Allie.Linux.Processes;

namespace Allie.Linux.Installers.Bootstrap;

/// <summary>Runs the program that makes a tree; when it fails, what it said first is the error.</summary>
internal sealed class BootstrapProgram(IRunner runner, BootstrapRequest request, string place)
{
    /// <param name="onLine">Each line, of stdout or stderr: debootstrap tells all on stdout.</param>
    /// <param name="isDone">Of the last words: it did what was asked although its exit code is not 0.</param>
    /// <exception cref="UserError">With the program's own error and what to do.</exception>
    internal void Run(string program, IReadOnlyList<string> arguments, Action<string> onLine, Func<string, bool>? isDone = null, string? scratch = null)
    {
        var told = new List<string>();
        void Hear(string line)
        {
            onLine(line);
            if (BootstrapHint.Error(line) is { } error)
            {
                told.Add(error);
            }
        }

        var environment = new Dictionary<string, string?> { [MmdebstrapCall.FstabVariable] = request.Fstab };
        if (scratch is not null)
        {
            environment["TMPDIR"] = scratch;
        }

        var outcome = runner.Run(new Command(program, arguments) { Limit = TimeSpan.FromHours(2), Environment = environment, OnLine = Hear, OnErrorLine = Hear });
        if (!outcome.Ok && isDone?.Invoke(outcome.LastWord) != true)
        {
            throw Failure(BootstrapHint.Word(told, outcome.LastWord), [.. told, outcome.LastWord]);
        }
    }

    internal UserError Failure(string word, IReadOnlyCollection<string> words) => new($"cannot bootstrap {request.Suite} into {place}: {word}", BootstrapHint.Of(request, words));
}
