namespace Allie.Prep;

/// <summary>The steps of prep in their order; the journal holds the last one that is done. Names are in the journal and in ALLIE_CRASH_AT.</summary>
public enum PrepStage
{
    /// <summary>The journal is written, with the file system's UUID to come; nothing is touched yet.</summary>
    Begin,

    /// <summary>The slot's boot entry is gone: from here to the end nothing can start what is half written.</summary>
    Disarm,

    /// <summary>The slot has its file system: made anew, cloned, or the one that it had.</summary>
    Format,

    /// <summary>A seed's files are in it.</summary>
    Seed,

    Fetch,

    Overlay,

    Personalise,

    Kernel,

    Verify,

    Sync,

    /// <summary>slot.json in the slot: it holds this image, complete.</summary>
    Marker,

    Entry,
}
