namespace Allie.Errors;

/// <summary>
/// A failure that a user can act on. The message says what failed, on what and why ("cannot X: Y", lower case, no full stop);
/// the hint says what to do next. Printed on one or two lines, never with a stack trace.
/// </summary>
public sealed class UserError : Exception
{
    public UserError(string message, string? hint = null, int exitCode = Errors.ExitCode.Failed, Exception? cause = null)
        : base(message, cause)
    {
        Hint = hint;
        ExitCode = exitCode;
    }

    public string? Hint { get; }

    public int ExitCode { get; }

    /// <summary>Something the rules forbid; exit 2.</summary>
    public static UserError Refused(string message, string? hint = null) => new(message, hint, Errors.ExitCode.Refused);

    /// <summary>Somebody else holds what is needed; exit 4.</summary>
    public static UserError Busy(string message, string? hint = null) => new(message, hint, Errors.ExitCode.Busy);

    /// <summary>The server, or the PC that offers, does not answer; exit 5.</summary>
    public static UserError Unreachable(string message, string? hint = null) => new(message, hint, Errors.ExitCode.Unreachable);
}
