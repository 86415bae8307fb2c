using System.Text;
using Allie.Errors;

namespace Allie.Cli.Output;

/// <summary>Asks for a secret without showing it.</summary>
internal static class SecretPrompt
{
    /// <exception cref="UserError">Exit 2: no terminal, or nothing typed.</exception>
    internal static string Ask(string question, string otherWays)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            throw UserError.Refused($"{question}: not asked, as there is no terminal", otherWays);
        }

        Console.Error.Write(question + ": ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.Length > 0 ? typed.ToString() : throw UserError.Refused("nothing was typed", otherWays);
    }
}
