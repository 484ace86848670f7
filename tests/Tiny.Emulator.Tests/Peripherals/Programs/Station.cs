using System;
using System.Collections;
using System.Device.Adc;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.IO.Ports;
using System.Text;
using System.Threading;

/// <summary>
/// A weather station: a thread samples, a queue with a lock passes the samples on, a timer
/// reports, a button marks, a sensor on each bus is read.
/// </summary>
public static class Program
{
    private static readonly Queue queue = new Queue();
    private static readonly AutoResetEvent filled = new AutoResetEvent(false);
    private static AdcChannel light;
    private static GpioPin lamp;
    private static int reports;
    private static bool stopped;

    public static void Main()
    {
        GpioController pins = new GpioController();
        lamp = pins.OpenPin(2, PinMode.Output);
        GpioPin button = pins.OpenPin(25, PinMode.InputPullUp);
        button.ValueChanged += OnButton;
        light = new AdcController().OpenChannel(3);
        Identify();
        Thread sampler = new Thread(Sample);
        sampler.Start();
        Timer timer = new Timer(Report, "report", 100, 200);
        int sum = 0;
        int count = 0;
        while (count < 20)
        {
            filled.WaitOne();
            while (queue.Count > 0)
            {
                sum += queue.Take();
                count++;
            }
        }

        stopped = true;
        timer.Dispose();
        Console.WriteLine("mean " + (sum / count) + " of " + count + ", reports " + reports);
        Console.WriteLine(DateTime.UtcNow.Year + " " + button.Read().ToString());
    }

    private static void Identify()
    {
        I2cDevice imu = I2cDevice.Create(new I2cConnectionSettings(1, 0x68));
        byte[] who = new byte[1];
        imu.WriteRead(new byte[] { 0x75 }, who);
        byte[] sample = new byte[4];
        imu.WriteRead(new byte[] { 0x3B }, sample);
        SpiDevice flash = SpiDevice.Create(new SpiConnectionSettings(1, 5));
        byte[] answer = new byte[3];
        flash.TransferFullDuplex(new byte[] { 0x80 | 0x1F, 0, 0 }, answer);
        Console.WriteLine("who " + who[0] + ", x " + (short)((sample[0] << 8) | sample[1]) + ", y " + (short)((sample[2] << 8) | sample[3])
            + ", id " + answer[1] + " " + answer[2]);
        SerialPort gps = new SerialPort("COM3", 9600);
        gps.Open();
        byte[] line = new byte[32];
        int read = gps.Read(line, 0, line.Length);
        Console.WriteLine(read + " bytes: " + Encoding.UTF8.GetString(line, 0, read).Trim());
        Thread.Sleep(50);
        Console.WriteLine("then " + gps.BytesToRead);
        gps.WriteLine("ok");
    }

    private static void Sample()
    {
        while (!stopped)
        {
            int value = light.ReadValue();
            queue.Put(value);
            filled.Set();
            Thread.Sleep(50);
        }
    }

    private static void Report(object state)
    {
        reports++;
        lamp.Toggle();
        Console.WriteLine(state + " " + reports);
    }

    private static void OnButton(object sender, PinValueChangedEventArgs e)
    {
        Console.WriteLine("button " + e.PinNumber + (e.ChangeType == PinEventTypes.Falling ? " pressed" : " released"));
    }

    private sealed class Queue
    {
        private readonly ArrayList items = new ArrayList();

        public int Count
        {
            get
            {
                lock (items)
                {
                    return items.Count;
                }
            }
        }

        public void Put(int value)
        {
            lock (items)
            {
                items.Add(value);
            }
        }

        public int Take()
        {
            lock (items)
            {
                int first = (int)items[0];
                items.RemoveAt(0);
                return first;
            }
        }
    }
}
