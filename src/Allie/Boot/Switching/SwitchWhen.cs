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

    /// <summary>At once if nobody is logged in; else not now: an hourly run asks again.</summary>
    Idle,

    /// <summary>At a time of the day, and then only if nobody is logged in.</summary>
    At,
}

/// <param name="At">"03:30", for <see cref="SwitchTime.At"/>.</param>
public sealed partial record SwitchWhen(SwitchTime Time, string At = "")
{
    public static readonly SwitchWhen NextBoot = new(SwitchTime.NextBoot);

    public const string Forms = "now, idle, next-boot, or a time such as \"at 03:30\"";

    /// <exception cref="UserError">Exit 2.</exception>
    public static SwitchWhen Parse(string? text) => text switch
    {
        null or "next-boot" => NextBoot,
        "now" => new(SwitchTime.Now),
        "idle" => new(SwitchTime.Idle),
        _ when Clock().Match(text) is { Success: true } match => new(SwitchTime.At, match.Groups[1].Value),
        _ => throw UserError.Refused($"'{text}' is no time to switch", Forms),
    };

    /// <summary>"at the next start", for plans.</summary>
    public override string ToString() => Time switch
    {
        SwitchTime.Now => "now",
        SwitchTime.Idle => "as soon as nobody is logged in",
        SwitchTime.At => $"at {At}, if nobody is logged in then",
        _ => "at the next start",
    };

    [GeneratedRegex("^(?:at[ =:])?((?:[01][0-9]|2[0-3]):[0-5][0-9])$")]
    private static partial Regex Clock();
}
