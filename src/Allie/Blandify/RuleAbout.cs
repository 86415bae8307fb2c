namespace Allie.Blandify;

/// <summary>What is told of a rule: what it does, why, and when.</summary>
public sealed record RuleAbout(string Does, string Why, RuleClass Class = RuleClass.Identity, RuleDefault Default = RuleDefault.On);
