using System.Text.Json.Nodes;
using Allie.Cli.Shared;
using Allie.Errors;
using Allie.Plans;

namespace Allie.Cli.Output;

/// <summary>Prints a plan, as what would be done (dry run) or what was done, for people and as JSON.</summary>
internal static class PlanOutput
{
    /// <summary>
    /// The flow of every changing verb: a dry run prints the plan and exits 3 (0 when empty); otherwise it is carried out and told.
    /// Silent when there was nothing to do, unless JSON was asked for.
    /// </summary>
    internal static int Carry<TStep>(this Invocation call, Plan<TStep> plan, Action execute, string? done = null)
        where TStep : IStep
    {
        if (call.DryRun)
        {
            Print(call, plan, plan.IsEmpty ? "ok" : "would_change");
            return plan.IsEmpty ? ExitCode.Ok : ExitCode.Differences;
        }

        if (!plan.IsEmpty)
        {
            execute();
        }

        if (call.Json)
        {
            Print(call, plan, plan.IsEmpty ? "ok" : "changed");
        }
        else
        {
            Notes(plan);
            if (!plan.IsEmpty && done is not null)
            {
                Console.Out.WriteLine(done);
            }
        }

        return ExitCode.Ok;
    }

    internal static void Print<TStep>(Invocation call, Plan<TStep> plan, string result)
        where TStep : IStep
    {
        if (call.Json)
        {
            JsonOutput.Print(Json(plan, result));
            return;
        }

        Notes(plan);
        var width = plan.Steps.Select(s => s.Action.Length).DefaultIfEmpty().Max();
        foreach (var step in plan.Steps)
        {
            Console.Out.WriteLine($"{step.Action.PadRight(width)}  {step.Target}  ({step.Reason})");
        }
    }

    /// <summary>{"result","counts":{action: n},"steps":[{"action","path","reason",...}],"notes":[]}</summary>
    internal static JsonObject Json<TStep>(Plan<TStep> plan, string result)
        where TStep : IStep
    {
        var counts = new JsonObject();
        foreach (var group in plan.Steps.GroupBy(s => s.Action))
        {
            counts[group.Key] = group.Count();
        }

        var steps = new JsonArray();
        foreach (var step in plan.Steps)
        {
            var row = new JsonObject { ["action"] = step.Action, ["path"] = step.Target, ["reason"] = step.Reason };
            foreach (var (key, value) in step.Details.Where(d => d.Value is not null))
            {
                row[key] = value;
            }

            steps.Add((JsonNode)row);
        }

        return new() { ["result"] = result, ["counts"] = counts, ["steps"] = steps, ["notes"] = JsonOutput.Array(plan.Notes) };
    }

    private static void Notes<TStep>(Plan<TStep> plan)
        where TStep : IStep
    {
        foreach (var note in plan.Notes)
        {
            Console.Error.WriteLine("allie: " + note);
        }
    }
}
