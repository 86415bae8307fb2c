using System.Runtime.InteropServices;
using Allie.Linux.Native;

namespace Allie.Linux.Processes;

/// <summary>Makes room for the people at the PC: disk only when nobody else wants it, less of the CPU. Children inherit it.</summary>
public static unsafe class Background
{
    /// <summary>Not 19: beside a computing job that would stretch a fetch over days.</summary>
    private const int Niceness = 10;

    /// <summary>
    /// For this thread and what it starts: call it right before <see cref="Mounts.MountNamespace.Enter"/>, whose execve makes this thread the
    /// whole process. A kernel that refuses is no failure.
    /// </summary>
    public static void Enter()
    {
        const int Process = 0, IoProcess = 1, IdleClass = 3 << 13; // setpriority(2), ioprio_set(2)
        _ = Libc.setpriority(Process, 0, Niceness);
        var number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 251 : 30;
        _ = Libc.syscall(number, IoProcess, (void*)0, (void*)IdleClass, 0);
    }
}
