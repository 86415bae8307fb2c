using System.Text;
using Allie.Blandify.Leaks;
using CsCheck;
using Xunit;

namespace Allie.Tests.Blandify.Leaks;

public class ByteSearchTests
{
    [Fact]
    public void Finds_the_same_as_looking_at_every_place_for_every_string()
    {
        // few letters, so that prints are often there and strings sometimes
        var literal = Gen.String[Gen.Char["abAB\u00ff"], 3, 7];
        var data = Gen.String[Gen.Char["abAB\u00ff\0"], 0, 300];
        Gen.Select(Gen.Select(literal, Gen.Bool).Array[1, 30], data, Gen.Int[0, 50], Gen.Int[0, 300]).Sample(
            (terms, text, from, to) =>
            {
                var made = terms.Select(t => new Term("k", t.Item1) { AnyCase = t.Item2, Shown = "" }).ToList();
                (from, to) = (Math.Min(from, text.Length), Math.Min(to, text.Length));
                var found = new List<(int, int)>();
                new ByteSearch(made).Search(Encoding.Latin1.GetBytes(text), from, to, (term, at) => found.Add((term, at)));

                return Naive(made, text, from, to).SequenceEqual(found.Order());
            });
    }

    [Fact]
    public void A_search_for_nothing_finds_nothing() =>
        new ByteSearch([]).Search("anything at all"u8, 0, 15, (_, _) => Assert.Fail("found nothing's place"));

    private static IEnumerable<(int, int)> Naive(List<Term> terms, string text, int from, int to) =>
        terms.SelectMany((t, i) => Enumerable.Range(from, Math.Max(0, to - from)).Where(at => at + t.Literal.Length <= text.Length
            && (t.AnyCase ? Lower(text.Substring(at, t.Literal.Length)) == Lower(t.Literal) : string.CompareOrdinal(text, at, t.Literal, 0, t.Literal.Length) == 0)).Select(at => (i, at))).Order();

    private static string Lower(string text) => string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c));
}
