namespace Allie.Config;

/// <summary>How far apart two words are, for "did you mean".</summary>
public static class Spelling
{
    /// <summary>Levenshtein distance: letters to add, drop or change.</summary>
    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = left[i - 1] == right[j - 1] ? corner : 1 + Math.Min(corner, Math.Min(row[j], row[j - 1]));
                corner = above;
            }
        }

        return row[^1];
    }
}
