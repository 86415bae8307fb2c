using Allie.Boot;
using Allie.Boot.Trying;
using Allie.Errors;
using Allie.Linux.Files;

namespace Allie.Linux.Boot;

/// <summary>
/// One way to start a slot. Each change is one atomic step at a time: a power cut between any two leaves the PC on what it booted before, or
/// on what was asked for. The record of the tries is <see cref="BootHome"/>'s.
/// </summary>
public interface IBootMethod
{
    BootMethod Method { get; }

    /// <summary>Where the boot loader's files are; allie.json and allie.log beside them.</summary>
    BootFiles Files { get; }

    /// <summary>What all of our doing for a slot is in, in an order in which they may be put back one by one, but for the record and copies of kernels.</summary>
    IReadOnlyList<string> TextFiles(string slot);

    /// <summary>The directory with the slot's kernel; null for methods that start it from the slot itself.</summary>
    string? KernelDirectory(string slot) => null;

    /// <summary>The firmware's variables that the slot's entry is in, for methods that have any.</summary>
    (EfiVariables? Firmware, IReadOnlyList<string> Names) Variables(string slot) => (null, []);

    /// <summary>Why a slot cannot be tried, only made the default; null when it can.</summary>
    string? TryRefusal { get; }

    MethodState State();

    /// <summary>The slot has an entry.</summary>
    bool Has(string slot);

    /// <summary>Before anything is formatted: would the boot loader read an entry of ours at all?</summary>
    /// <exception cref="UserError">Exit 2, with the command that mends it.</exception>
    void Check();

    /// <summary>Writes or replaces the slot's entry; nothing starts it yet.</summary>
    /// <param name="entry">Paths are the slot's own.</param>
    /// <param name="slot">The mounted slot, for methods that copy its kernel.</param>
    void Stage(BootEntry entry, ImageRoot slot);

    /// <summary>Takes the slot's entry away, and with the last one all that we wrote. A slot that was the default is so no more.</summary>
    void Remove(string slot);

    /// <summary>The next start, and at most <paramref name="tries"/> of them, goes to the slot; the one atomic write.</summary>
    void Arm(string slot, int tries);

    /// <summary>No slot is tried.</summary>
    void Disarm();

    /// <summary>The default for good, and no slot is tried. Null: what the PC booted before ALLiE.</summary>
    void MakeDefault(string? slot);
}
