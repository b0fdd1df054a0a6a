resource "google_compute_region_autoscaler" "web" {
  name   = "web"
  region = "europe-west1"
  target = google_compute_region_instance_group_manager.web.id

  autoscaling_policy {
    min_replicas    = 3
    max_replicas    = 30
    cooldown_period = 90
    mode            = "ON"

    cpu_utilization {
      target = 0.6
    }
    metric {
      name   = "arrival_rate_per_replica"
      target = 40
      type   = "GAUGE"
    }
    scale_in_control {
      time_window_sec = 600
      max_scaled_in_replicas {
        percent = 20
      }
    }
  }
}
