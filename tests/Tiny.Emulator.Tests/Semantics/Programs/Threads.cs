using System;
using System.Threading;

public static class Program
{
    private static readonly object gate = new object();
    private static readonly AutoResetEvent ready = new AutoResetEvent(false);
    private static readonly ManualResetEvent stop = new ManualResetEvent(false);
    private static int shared;
    private static int ticks;
    private static string log = "";

    public static void Main()
    {
        Thread producer = new Thread(Produce);
        Thread consumer = new Thread(Consume);
        consumer.Start();
        producer.Start();
        producer.Join();
        consumer.Join();
        Console.WriteLine(log);
        Timer timer = new Timer(OnTimer, "t", 50, 100);
        bool early = stop.WaitOne(20, false);
        bool late = stop.WaitOne(5000, false);
        timer.Dispose();
        Console.WriteLine("timer " + ticks + " " + early + " " + late);
        Thread[] workers = new Thread[4];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Add);
            workers[i].Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        Console.WriteLine("shared " + shared + " " + workers[0].IsAlive);
        int before = Interlocked.Exchange(ref shared, 5);
        Console.WriteLine(before + " " + Interlocked.Increment(ref shared) + " " + Interlocked.CompareExchange(ref shared, 9, 6) + " "
            + shared);
        long start = Environment.TickCount64;
        Thread.Sleep(200);
        long slept = Environment.TickCount64 - start;
        Console.WriteLine(slept > 190 && slept < 400 ? "slept" : "slept " + slept); // up to a tick of the operating system short
    }

    private static void Produce()
    {
        for (int i = 0; i < 3; i++)
        {
            Thread.Sleep(30);
            lock (gate)
            {
                log += "p" + i + " ";
            }

            ready.Set();
        }
    }

    private static void Consume()
    {
        for (int i = 0; i < 3; i++)
        {
            ready.WaitOne();
            lock (gate)
            {
                log += "c" + i + " ";
            }
        }
    }

    private static void OnTimer(object state)
    {
        if (++ticks == 3)
        {
            stop.Set();
        }
    }

    private static void Add()
    {
        for (int i = 0; i < 500; i++)
        {
            lock (gate)
            {
                shared++;
            }
        }
    }
}
