namespace Allie.Boot;

/// <summary>Orders kernel versions as people do: runs of digits by their number, so that 6.1.0-28 comes after 6.1.0-9.</summary>
public sealed class KernelVersion : IComparer<string>
{
    public static readonly KernelVersion Order = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var (i, k) = (0, 0);
        while (i < left.Length && k < right.Length)
        {
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[k]))
            {
                var (a, b) = (Digits(left, ref i), Digits(right, ref k));
                var order = a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b);
                if (order != 0)
                {
                    return order;
                }
            }
            else if (left[i] != right[k])
            {
                return Rank(left[i]) - Rank(right[k]);
            }
            else
            {
                i++;
                k++;
            }
        }

        // 6.1~rc1 comes before 6.1, 6.1-2 after it
        return (i < left.Length ? Rank(left[i]) : 1) - (k < right.Length ? Rank(right[k]) : 1);
    }

    private static int Rank(char sign) => sign == '~' ? 0 : sign + 1;

    private static string Digits(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[from..at].TrimStart('0');
    }
}
