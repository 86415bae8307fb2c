namespace Allie.Slots;

/// <summary>Why a slot is not touched.</summary>
/// <param name="Rule">R1, R2, ...: docs/slots.md lists them.</param>
/// <param name="Sentence">"is mounted at /mnt": follows the slot's name.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record SlotRefusal(string Rule, string Sentence, string Hint);
