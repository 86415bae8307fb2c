using Xunit;

namespace Allie.Linux.Tests.Slots;

/// <summary>Tests that use loop devices run one after another.</summary>
[CollectionDefinition("loop devices")]
public sealed class LoopCollection;
