using Allie.Blandify.Leaks;

namespace Allie.Linux.Blandify.Leaks;

/// <summary>What is looked for, ready to be looked for by several threads.</summary>
internal sealed class LeakTerms(IReadOnlyList<Term> terms)
{
    internal ByteSearch Search { get; } = new(terms);

    internal Term this[int number] => terms[number];

    /// <summary>Bytes that must be there behind the beginning of a find before it can be judged.</summary>
    internal int Ahead => Search.Longest + PrivateKeys.Context;
}
