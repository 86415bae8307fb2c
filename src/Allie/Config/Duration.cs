using System.Globalization;
using Allie.Errors;

namespace Allie.Config;

/// <summary>A time span as people type it: 90s, 30m, 4h, 2d.</summary>
public static class Duration
{
    /// <exception cref="UserError">Exit 2.</exception>
    public static TimeSpan Parse(string text)
    {
        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000)
        {
            switch (text[^1])
            {
                case 's':
                    return TimeSpan.FromSeconds(number);
                case 'm':
                    return TimeSpan.FromMinutes(number);
                case 'h':
                    return TimeSpan.FromHours(number);
                case 'd' when number <= 20:
                    return TimeSpan.FromDays(number);
            }
        }

        throw UserError.Refused($"'{text}' is no time span", "a number with s, m, h or d, such as 30m or 4h; at most 20d");
    }

    /// <summary>As it is typed.</summary>
    public static string Format(TimeSpan time) => time switch
    {
        { Seconds: > 0 } => $"{time.TotalSeconds:0}s",
        { Minutes: > 0 } => $"{time.TotalMinutes:0}m",
        _ => $"{time.TotalHours:0}h",
    };
}
