namespace Allie.Personalise;

/// <summary>One thing that makes a PC this PC. Decides what is missing in the new image; on one that has it all, nothing.</summary>
public interface IPersonalItem
{
    /// <summary>As in [personalise] skip: "host-keys".</summary>
    string Name { get; }

    /// <summary>For people, in one line.</summary>
    string What { get; }

    void Look(PersonalFacts facts, PersonalDraft draft);
}
