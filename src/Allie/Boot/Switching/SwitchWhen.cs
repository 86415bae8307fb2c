using System.Text.RegularExpressions;
using Allie.Errors;

namespace Allie.Boot.Switching;

/// <summary>When the PC goes to the slot that is to be tried.</summary>
public enum SwitchTime
{
    /// <summary>Whenever somebody starts it anew.</summary>
    NextBoot,

    /// <summary>At once, whoever is logged in.</summary>
    Now,

    /// <summary>As soon as nobody is logged in.</summary>
    Idle,

    /// <summary>At a time of the day, and then only if nobody is logged in.</summary>
    At,

    /// <summary>Between two times of the day, as soon as nobody is logged in.</summary>
    Within,
}

/// <param name="At">"03:30", for <see cref="SwitchTime.At"/>; the window's begin.</param>
/// <param name="Until">The window's end, which is not in it any more.</param>
public sealed partial record SwitchWhen(SwitchTime Time, string At = "", string Until = "")
{
    public static readonly SwitchWhen NextBoot = new(SwitchTime.NextBoot);

    public const string Forms = "now, idle, next-boot, a time such as \"at 03:30\", or a window such as \"at 22:00-06:00\"";

    /// <exception cref="UserError">Exit 2.</exception>
    public static SwitchWhen Parse(string? text) => text switch
    {
        null or "next-boot" => NextBoot,
        "now" => new(SwitchTime.Now),
        "idle" => new(SwitchTime.Idle),
        _ when Window().Match(text) is { Success: true } match && match.Groups[1].Value != match.Groups[2].Value => new(SwitchTime.Within, match.Groups[1].Value, match.Groups[2].Value),
        _ when Clock().Match(text) is { Success: true } match => new(SwitchTime.At, match.Groups[1].Value),
        _ => throw UserError.Refused($"'{text}' is no time to switch", Forms),
    };

    /// <summary>The PC may be started anew at this time, as far as the clock goes. A window may go over midnight.</summary>
    public bool Allows(TimeOnly now) => Time switch
    {
        SwitchTime.Now or SwitchTime.Idle => true,
        SwitchTime.Within => now.IsBetween(TimeOnly.ParseExact(At, "HH:mm"), TimeOnly.ParseExact(Until, "HH:mm")),
        _ => false,
    };

    /// <summary>As it is typed, for a command that asks again.</summary>
    public string Form => Time switch
    {
        SwitchTime.Now => "now",
        SwitchTime.Idle => "idle",
        SwitchTime.At => "at " + At,
        SwitchTime.Within => $"at {At}-{Until}",
        _ => "next-boot",
    };

    /// <summary>"at the next start", for plans.</summary>
    public override string ToString() => Time switch
    {
        SwitchTime.Now => "now",
        SwitchTime.Idle => "as soon as nobody is logged in",
        SwitchTime.At => $"at {At}, if nobody is logged in then",
        SwitchTime.Within => $"between {At} and {Until}, as soon as nobody is logged in",
        _ => "at the next start",
    };

    [GeneratedRegex("^(?:at[ =:])?((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9])$")]
    private static partial Regex Window();

    [GeneratedRegex("^(?:at[ =:])?((?:[01][0-9]|2[0-3]):[0-5][0-9])$")]
    private static partial Regex Clock();
}
